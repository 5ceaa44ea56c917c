import { describe, expect, it } from 'vitest'
import type { ExportTerms } from '#schemas/generated/types'
import {
  chunkRenderedOf,
  chunksFoundOf,
  chunksOf,
  extracted,
  packed,
  requestedBy,
  splitInto,
  Story,
  topicsOf,
} from '#streams/exports/export-samples'

const renderingOf = (chunks: number, terms: Partial<ExportTerms> = {}) => {
  const story = new Story()
  story.told(requestedBy(0, terms), extracted, chunksFoundOf(chunks))
  return { story, jobs: story.told(splitInto(chunks)) }
}

describe('chunks of an export', () => {
  it('are given out eight at a time, however many there are', () => {
    const { story, jobs } = renderingOf(10)
    expect(chunksOf(jobs)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(chunksOf(story.told(chunkRenderedOf(5)))).toEqual([8])
    expect(chunksOf(story.told(chunkRenderedOf(0), chunkRenderedOf(1)))).toEqual([9])
  })

  it('count once, however often they are printed', () => {
    const { story } = renderingOf(2)
    story.told(chunkRenderedOf(0))
    expect(story.told(chunkRenderedOf(0), chunkRenderedOf(0))).toEqual([])
    expect(story.only).toMatchObject({ state: 'RENDERING', rendered: 10 })
  })

  it('may come from several facts, in which they were found', () => {
    const story = new Story()
    story.told(requestedBy(0), extracted)
    const [first, second] = (chunksFoundOf(2) as { chunks_found: { chunks: readonly object[] } })
      .chunks_found.chunks
    for (const chunk of [first, second]) {
      story.told({ type: 'ChunksFound', chunks_found: { chunks: [chunk] } } as never)
    }
    expect(chunksOf(story.told(splitInto(2)))).toEqual([0, 1])
  })

  it('fail the export where some of them are not known', () => {
    const story = new Story()
    story.told(requestedBy(0), extracted, chunksFoundOf(1))
    expect(topicsOf(story.told(splitInto(2)))).toEqual(['export.purgings'])
    expect(story.only.failure).toMatchObject({ code: 'chunks-missing' })
  })

  it('with a movement that can not be printed fail the export, by the code of the first', () => {
    const { story } = renderingOf(3)
    expect(topicsOf(story.told(chunkRenderedOf(1, 1)))).toEqual(['export.purgings'])
    expect(story.only).toMatchObject({ state: 'FAILED', failure: { code: 'no-sign' } })
  })

  it('may have as many failures as the request tolerates', () => {
    const { story } = renderingOf(3, { tolerated_failures: 2 })
    story.told(chunkRenderedOf(0, 1), chunkRenderedOf(1, 1))
    expect(story.only).toMatchObject({ state: 'RENDERING', rendered: 18, failed: 2 })
    story.told(chunkRenderedOf(2), packed)
    expect(story.only).toMatchObject({ state: 'READY_WITH_ERRORS', rendered: 28, failed: 2 })
  })

  it('with more failures than that fail the export', () => {
    const { story } = renderingOf(3, { tolerated_failures: 2 })
    story.told(chunkRenderedOf(0, 3))
    expect(story.only.state).toBe('FAILED')
  })

  it('may have as large a share of failures as the request tolerates, rounded down', () => {
    const { story } = renderingOf(3, { tolerated_percent: 13 })
    story.told(chunkRenderedOf(0, 3))
    expect(story.only).toMatchObject({ state: 'RENDERING', failed: 3 })
    story.told(chunkRenderedOf(1, 1))
    expect(story.only.failure?.message).toContain('4 movements have no document, 3 may')
  })

  it('may have as many failures as number or share allow, whichever is more', () => {
    for (const terms of [
      { tolerated_percent: 10, tolerated_failures: 2 },
      { tolerated_percent: 1, tolerated_failures: 3 },
    ]) {
      const { story } = renderingOf(3, terms)
      story.told(chunkRenderedOf(0, 3))
      expect(story.only.state).toBe('RENDERING')
    }
  })
})
