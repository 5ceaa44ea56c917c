import { describe, expect, it } from 'vitest'
import { storeFormat, type StoreMarker } from '#core/store-marker'
import { type ChangelogNow, type Copy, copyAgeMsMax, copyVerdict, storeDoubt } from '#core/verdict'

const nowMs = Date.parse('2026-01-15T09:00:00Z')
const copy: Copy = { position: 500, at: nowMs - 60_000, partitions: 6 }
const now: ChangelogNow = { beginning: 0, end: 800, laterFrom: 700, partitions: 6, nowMs }

describe('the verdict on a copy', () => {
  it.each<[string, Partial<Copy>, Partial<ChangelogNow>, string]>([
    ['one that lags is read on', {}, {}, 'follow 500'],
    ['one that is level is read on', { position: 800 }, { laterFrom: 800 }, 'follow 800'],
    ['an empty one of an empty log', { position: 0 }, { end: 0, laterFrom: 0 }, 'follow 0'],
    ['one that begins where the log does', {}, { beginning: 500 }, 'follow 500'],
    ['one just young enough', { at: nowMs - copyAgeMsMax }, {}, 'follow 500'],
    ['a newer one', { position: 801 }, {}, 'rebuild the copy is newer than the changelog'],
    ['of a log made anew', {}, { laterFrom: 499 }, 'rebuild the changelog was made anew'],
    ['records deleted behind it', {}, { beginning: 501 }, 'rebuild records behind it were deleted'],
    [
      'an old one',
      { at: nowMs - copyAgeMsMax - 1 },
      {},
      'rebuild the copy is so old that it may have missed removals',
    ],
    ['other partitions', {}, { partitions: 12 }, 'refuse its input had 6 partitions and has 12'],
  ])('%s', (_, given, found, expected) => {
    const verdict = copyVerdict({ ...copy, ...given }, { ...now, ...found })
    const { kind } = verdict
    expect(`${kind} ${kind === 'follow' ? verdict.from : verdict.reason}`).toBe(expected)
  })

  it('is to build one where there is none', () => {
    expect(copyVerdict(undefined, now)).toEqual({ kind: 'rebuild', reason: 'there is no copy' })
  })
})

describe('the doubt about a store', () => {
  const marker: StoreMarker = {
    format: storeFormat,
    cluster: 'ours',
    bootId: 'this',
    phase: 'open',
  }
  it.each<[string, StoreMarker | undefined, string | undefined, string | undefined]>([
    ['left open in this boot: none', marker, 'this', undefined],
    [
      'closed in another boot: none',
      { ...marker, bootId: 'other', phase: 'closed' },
      'this',
      undefined,
    ],
    [
      'closed where boots are not told apart: none',
      { ...marker, phase: 'closed' },
      undefined,
      undefined,
    ],
    [
      'left open in another boot',
      { ...marker, bootId: 'other' },
      'this',
      'the machine was restarted before it was closed',
    ],
    [
      'left open where boots are not told apart',
      { ...marker, bootId: undefined },
      undefined,
      'it was not closed, and this system does not tell its boots apart',
    ],
    [
      'left while it was opened',
      { ...marker, phase: 'opening' },
      'this',
      'a process ended while opening it',
    ],
    [
      'of another format',
      { ...marker, format: 0, phase: 'closed' },
      'this',
      `its format is 0, not ${storeFormat}`,
    ],
    ['found broken', { ...marker, phase: 'broken' }, 'this', 'it could not be read'],
    [
      'of another cluster',
      { ...marker, cluster: 'theirs', phase: 'closed' },
      'this',
      'it follows another Kafka cluster',
    ],
    ['without a marker', undefined, 'this', 'nothing says how it was left'],
  ])('%s', (_, given, bootId, expected) => {
    expect(storeDoubt(given, { bootId, cluster: 'ours' })).toBe(expected)
  })
})
