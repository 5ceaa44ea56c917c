import { describe, expect, it } from 'vitest'
import {
  archive,
  chunkRenderedOf,
  chunksFoundOf,
  csvFile,
  extracted,
  givenUpBy,
  packed,
  planKey,
  requestedBy,
  requestIds,
  splitInto,
  stepFailed,
  Story,
  termsOf,
  topicsOf,
} from '#streams/exports/export-samples'

const minutes = 60_000
const begun = () => {
  const story = new Story()
  story.told(requestedBy(0))
  return story
}
const rendering = (chunks: number) => {
  const story = begun()
  story.told(extracted, chunksFoundOf(chunks), splitInto(chunks))
  return story
}
const readyOne = () => {
  const story = rendering(1)
  story.told(chunkRenderedOf(0), packed)
  return story
}

describe('an export, from request to archive', () => {
  it('begins by having its movements read', () => {
    const story = new Story()
    const told = story.told(requestedBy(0))
    expect(told).toMatchObject([{ topic: 'export.extractions', value: { terms: termsOf() } }])
    expect(story.only).toMatchObject({ state: 'EXTRACTING', records: null, expires_at: null })
    expect([...story.requests.keys()]).toEqual([requestIds[0]])
  })

  it('has the file of movements split, then chunks printed, and packs them when the last one is', () => {
    const story = begun()
    expect(story.told(extracted)).toMatchObject([
      { topic: 'export.splittings', value: { csv_key: csvFile.key, csv_sha256: csvFile.sha256 } },
    ])
    const jobs = story.told(chunksFoundOf(2), splitInto(2))
    expect(topicsOf(jobs)).toEqual(['pdf-jobs', 'pdf-jobs'])
    expect(jobs[1]!.value).toMatchObject({ plan_key: planKey, chunk: { number: 1, records: 10 } })
    expect(story.told(chunkRenderedOf(1))).toEqual([])
    expect(story.only).toMatchObject({ state: 'RENDERING', records: 20, rendered: 10 })
    expect(story.told(chunkRenderedOf(0))).toMatchObject([
      { topic: 'export.packings', value: { chunks: 2, records: 20 } },
    ])
    expect(story.told(packed)).toEqual([])
    expect(story.only).toMatchObject({ state: 'READY', rendered: 20, result: archive })
  })

  it('has one instant for link, file and record: its lifetime after it is ready', () => {
    expect(readyOne().only).toMatchObject({
      ready_at: '2026-01-15T10:00:00+01:00',
      expires_at: '2026-01-15T14:00:00+01:00',
    })
  })

  it('of no movements is an archive without documents', () => {
    const story = begun()
    const told = story.told(extracted, splitInto(0))
    expect(told).toMatchObject([
      { topic: 'export.splittings' },
      { topic: 'export.packings', value: { chunks: 0, records: 0 } },
    ])
    story.told(packed)
    expect(story.only).toMatchObject({ state: 'READY', records: 0 })
  })

  it('as a file is ready as soon as the movements are read', () => {
    const story = new Story()
    story.told(requestedBy(0, { output: 'CSV', template: null }))
    expect(story.told(extracted)).toEqual([])
    expect(story.only).toMatchObject({ state: 'READY', result: csvFile })
  })
})

describe('requests for the same content', () => {
  it.each([
    ['while it is made', begun],
    ['while it can be fetched', readyOne],
  ])('share one export %s', (_, storyOf) => {
    const story = storyOf()
    expect(story.told(requestedBy(1))).toEqual([])
    expect(story.current.size).toBe(1)
    expect(new Set(story.requests.values()).size).toBe(2)
    expect([...story.requests.keys()]).toEqual(requestIds)
  })

  it('are one request where the same one comes twice', () => {
    const story = begun()
    const before = story.only
    story.later(minutes)
    expect(story.told(requestedBy(0))).toEqual([])
    expect(story.only).toEqual(before)
  })

  it.each([
    ['its time is over', () => readyOne().later(240 * minutes)],
    ['it failed', () => (begun().told(stepFailed), undefined)],
  ])('begin a new export once %s', (_, storyOf) => {
    const story = storyOf() ?? begun()
    if (story.only.state === 'EXTRACTING') story.told(stepFailed)
    expect(topicsOf(story.told(requestedBy(1)))).toEqual(['export.extractions'])
    expect(story.current.size).toBe(2)
  })
})

describe('the end of an export', () => {
  it('deletes everything when its time is over, and then forgets it', () => {
    const story = readyOne()
    expect(topicsOf(story.woken('ExpiryDue'))).toEqual(['export.purgings'])
    expect(story.only).toMatchObject({ state: 'EXPIRED', result: null })
    story.told({ type: 'Purged', purged: { objects: 5 } })
    expect(story.rowIds).toEqual([])
    expect(story.current.size + story.requests.size).toBe(0)
  })

  it.each([
    ['while it is made', begun],
    ['while it is printed', () => rendering(3)],
    ['when it is ready', readyOne],
  ])('cancelled %s: deletes everything, tells so, and forgets it', (_, storyOf) => {
    const story = storyOf()
    const told = story.told(givenUpBy(0))
    expect(topicsOf(told)).toEqual(['export.purgings'])
    expect(story.only).toMatchObject({ state: 'CANCELLING', result: null })
    story.wakes = []
    story.told({ type: 'Purged', purged: { objects: 1 } })
    expect(story.only.state).toBe('CANCELLED')
    story.woken('ExpiryDue')
    expect(story.rowIds).toEqual([])
  })

  it('goes on for others where one of those who asked gives it up', () => {
    const story = begun()
    story.told(requestedBy(1))
    expect(story.told(givenUpBy(0), givenUpBy(0))).toEqual([])
    expect(story.only.state).toBe('EXTRACTING')
    expect([...story.requests.keys()]).toEqual([requestIds[1]])
    expect(topicsOf(story.told(givenUpBy(1)))).toEqual(['export.purgings'])
  })

  it('failed: deletes everything and tells why as long as a result would be kept', () => {
    const story = begun()
    expect(topicsOf(story.told(stepFailed))).toEqual(['export.purgings'])
    expect(story.only).toMatchObject({ state: 'FAILED', failure: { code: 'no-batch' } })
    expect(story.told({ type: 'Purged', purged: { objects: 1 } })).toEqual([])
    expect(story.only.state).toBe('FAILED')
    expect(topicsOf(story.woken('ExpiryDue'))).toEqual(['export.purgings'])
    expect(story.rowIds).toEqual([])
  })

  it('comes when no step says anything for an hour', () => {
    const story = begun()
    story.later(10 * minutes)
    story.told(extracted)
    expect(story.woken('StallDue')).toEqual([])
    expect(topicsOf(story.woken('StallDue'))).toEqual(['export.purgings'])
    expect(story.only).toMatchObject({ state: 'FAILED', failure: { code: 'stalled' } })
  })

  it('deletes again what a step stored after it', () => {
    const story = rendering(2)
    story.told(givenUpBy(0))
    expect(topicsOf(story.told(chunkRenderedOf(0)))).toEqual(['export.purgings'])
  })

  it('is not undone by what is said of it later', () => {
    const story = begun()
    story.told(stepFailed)
    story.told(extracted, chunksFoundOf(1), splitInto(1), packed)
    expect(story.only.state).toBe('FAILED')
  })
})
