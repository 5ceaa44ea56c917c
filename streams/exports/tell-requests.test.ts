import { describe, expect, it } from 'vitest'
import type { Emission } from '#core/processor'
import {
  chunkRenderedOf,
  chunksFoundOf,
  extracted,
  givenUpBy,
  packed,
  requestedBy,
  requestIds,
  splitInto,
  stepFailed,
  Story,
  toldTo,
} from '#streams/exports/export-samples'

const [first, second] = requestIds
const tellings = (told: readonly Emission[]) =>
  told.filter(({ topic }) => topic === 'export.tellings').map(({ value }) => value)
const tolerant = { tolerated_failures: 1 }
const begun = (terms = {}) => {
  const story = new Story()
  story.told(toldTo(0, terms))
  return story
}
const collecting = (failed: number, terms = {}) => {
  const story = begun(terms)
  story.told(extracted, chunksFoundOf(1), splitInto(1), chunkRenderedOf(0, failed))
  return story
}
const readyOne = () => {
  const story = collecting(0)
  story.told(packed)
  return story
}

describe('who wants to know what comes of a request', () => {
  it('is told once it is ready: how many documents, and until when', () => {
    expect(tellings(collecting(0).told(packed))).toEqual([
      {
        request_id: first,
        type: 'Ended',
        ended: {
          ...{ export_id: first, state: 'READY', output: 'PDF' },
          ...{ records: 10, rendered: 10, failed: 0 },
          expires_at: '2026-01-15T14:00:00+01:00',
          failure: null,
        },
      },
    ])
  })

  it('is told where documents are missing', () => {
    expect(tellings(collecting(1, tolerant).told(packed))).toMatchObject([
      { ended: { state: 'READY_WITH_ERRORS', rendered: 9, failed: 1 } },
    ])
  })

  it('is told of a file that it is ready', () => {
    const story = begun({ output: 'CSV', template: null })
    expect(tellings(story.told(extracted))).toMatchObject([
      { request_id: first, ended: { state: 'READY', output: 'CSV', records: null } },
    ])
  })

  it('is told why it failed', () => {
    expect(tellings(begun().told(stepFailed))).toMatchObject([
      { ended: { state: 'FAILED', failure: { code: 'no-batch' }, expires_at: null } },
    ])
  })

  it('is told why, too, where more documents are missing than are tolerated, or no step says anything', () => {
    const story = begun()
    const told = story.told(extracted, chunksFoundOf(1), splitInto(1), chunkRenderedOf(0, 1))
    expect(tellings(told)).toMatchObject([{ ended: { failure: { code: 'no-sign' } } }])
    expect(tellings(begun().woken('StallDue'))).toMatchObject([
      { ended: { failure: { code: 'stalled' } } },
    ])
  })

  it('is told nothing before', () => {
    const story = new Story()
    const told = story.told(toldTo(0), extracted, chunksFoundOf(1), splitInto(1))
    expect(tellings(told)).toEqual([])
  })

  it('is told once, whatever comes again', () => {
    const story = readyOne()
    expect(tellings(story.told(packed, stepFailed))).toEqual([])
    expect(tellings(story.woken('ExpiryDue'))).toEqual([])
    expect(tellings(story.told({ type: 'Purged', purged: { objects: 5 } }))).toEqual([])
  })
})

describe('of several requests that share an export', () => {
  it('each is told that wants to be, and no other', () => {
    const story = begun()
    story.told(requestedBy(1), extracted, chunksFoundOf(1), splitInto(1), chunkRenderedOf(0))
    expect(tellings(story.told(packed))).toMatchObject([{ request_id: first }])
    const other = new Story()
    other.told(toldTo(0), toldTo(1))
    expect(tellings(other.told(stepFailed))).toMatchObject([
      { request_id: first, ended: { export_id: first } },
      { request_id: second, ended: { export_id: first } },
    ])
  })

  it('one that joins what is ready is told at once, and alone', () => {
    const story = readyOne()
    expect(tellings(story.told(toldTo(1)))).toMatchObject([
      { request_id: second, ended: { export_id: first, state: 'READY' } },
    ])
    expect(tellings(story.told(requestedBy(1)))).toEqual([])
  })
})

describe('a request that comes twice', () => {
  const forgotten = { request_id: first, type: 'Forgotten' }

  it('is one that is told once, in its time', () => {
    const story = begun()
    expect(tellings(story.told(toldTo(0)))).toEqual([])
    expect(tellings(story.told(stepFailed))).toHaveLength(1)
  })

  it('after it was told is not told again: who it was is forgotten once more', () => {
    expect(tellings(readyOne().told(toldTo(0)))).toEqual([forgotten])
    const joined = readyOne()
    joined.told(toldTo(1))
    expect(tellings(joined.told(toldTo(1)))).toEqual([{ ...forgotten, request_id: second }])
  })

  it('after it was given up is told nothing', () => {
    const story = begun()
    story.told(givenUpBy(0))
    expect(tellings(story.told(toldTo(0)))).toEqual([forgotten])
  })
})

describe('who gives a request up', () => {
  it('is told nothing of it: that they wanted to be is forgotten', () => {
    const story = begun()
    expect(tellings(story.told(givenUpBy(0)))).toEqual([{ request_id: first, type: 'Forgotten' }])
    expect(tellings(story.told({ type: 'Purged', purged: { objects: 1 } }))).toEqual([])
    expect(tellings(story.woken('ExpiryDue'))).toEqual([])
  })

  it('leaves others to be told', () => {
    const story = begun()
    story.told(toldTo(1))
    expect(tellings(story.told(givenUpBy(0)))).toMatchObject([{ request_id: first }])
    expect(tellings(story.told(stepFailed))).toMatchObject([{ request_id: second, type: 'Ended' }])
  })

  it('after being told has nothing that could be forgotten', () => {
    expect(tellings(readyOne().told(givenUpBy(0)))).toEqual([])
  })
})
