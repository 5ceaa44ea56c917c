import { describe, expect, it } from 'vitest'
import { type CutSources, takeCardEnds, takeCut } from '#apps/corrente/debits/take-cut'
import type { Position, TopicPartition } from '#core/records'

interface Circumstances {
  /** Partitions by topic, where there are not two. */
  readonly partitions?: Readonly<Record<string, number>>
  /** First offsets by topic, where they are not 0. */
  readonly beginnings?: Readonly<Record<string, number>>
  /** What the authoriser committed, by partition. */
  readonly decided?: readonly number[]
  /** Where the committed part of a topic ends, each time it is asked for. */
  readonly committed?: readonly number[]
  /** That topic. */
  readonly awaited?: string
}

const rows = 'debit-authoriser.rows'
const end = 100

/** Topics on which nothing lies but what is said. */
function sources({
  partitions = {},
  beginnings = {},
  decided = [7, 9],
  committed = [0],
  awaited = rows,
}: Circumstances): CutSources {
  const asked = [...committed]
  const at = (places: readonly TopicPartition[], offsetOf: (topic: string) => number) =>
    places.map((place): Position => ({ ...place, offset: offsetOf(place.topic) }))
  const beginningOf = (topic: string) => beginnings[topic] ?? 0
  const endOf = (topic: string) => {
    if (topic === awaited) return committed.at(-1)!
    return topic === rows ? 0 : end
  }
  const committedEndOf = (topic: string) =>
    topic === awaited && asked.length > 1 ? asked.shift()! : endOf(topic)
  const offsets = {
    partitionsOf: async (topic: string) => [0, 1].slice(0, partitions[topic] ?? 2),
    beginnings: async (places: readonly TopicPartition[]) =>
      at(places, (topic) => (topic === rows ? endOf(rows) : beginningOf(topic))),
    ends: async (places: readonly TopicPartition[]) => at(places, endOf),
  }
  return {
    log: { offsets, kafka: { brokers: 'nowhere' } } as unknown as CutSources['log'],
    group: {
      of: async (places) => decided.map((offset, partition) => ({ ...places[partition]!, offset })),
      close: async () => undefined,
    },
    committed: {
      ends: async (places) => at(places, committedEndOf),
    },
  }
}

describe('the cut', () => {
  it('lies where the authoriser has committed', async () => {
    const cuts = await takeCut(sources({}))
    expect(cuts).toEqual([
      { partition: 0, decidedBelow: 7, rowsEnd: 0, lastRowEvent: undefined, timersEnd: end },
      { partition: 1, decidedBelow: 9, rowsEnd: 0, lastRowEvent: undefined, timersEnd: end },
    ])
  })

  it('waits for the transactions that write the state, timers or cards', async () => {
    const [first] = await takeCut(sources({ committed: [3, 3, 5, 5, 12] }))
    expect(first!.rowsEnd).toBe(12)
    const timers = { awaited: 'debit-authoriser.timers', committed: [3, 3, 5, 5, 12] }
    expect((await takeCut(sources(timers)))[0]!.timersEnd).toBe(12)
    const cards = { awaited: 'debits.cards', committed: [3, 3, 5, 5, 12] }
    expect((await takeCardEnds(sources(cards)))[0]!.offset).toBe(12)
  })

  it.each<[what: string, given: Circumstances, sentence: string]>([
    [
      'nothing was ever decided',
      { decided: [7] },
      'debit-authoriser has committed nothing on debits/1: it never ran here, or its offsets are lost',
    ],
    [
      'topics have other partitions',
      { partitions: { 'ledger.entries': 1 } },
      'ledger.entries has 1 partitions and debits 2: what was decided of a partition does not lie in the one of the same number',
    ],
    [
      'a topic is missing',
      { partitions: { 'statements.entries': 0 } },
      'topic statements.entries is missing on nowhere: run corrente topics apply',
    ],
    [
      'records were deleted',
      { beginnings: { 'debits.decisions': 4 } },
      'debits.decisions/0 begins at offset 4: what was deleted before proves nothing any more',
    ],
  ])('is none where %s', async (_, given, sentence) => {
    await expect(takeCut(sources(given))).rejects.toThrow(sentence)
  })
})
