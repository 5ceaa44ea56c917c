import { describe, expect, it } from 'vitest'
import { LetterLedger } from '#apps/operations/letter-ledger'
import { needsOfLog } from '#apps/operations/needs'
import { Samples, sampleEveryMs } from '#apps/operations/samples'
import { deadLetterOf } from '#core/redrive'

const unit = 'payment-keeper'
const samplesOf = (
  count: number,
  given: { committed: number | undefined; beginning?: number; end?: number; members?: number },
) => {
  const { committed, beginning = 0, end = 10, members = 1 } = given
  const lag = Math.max(0, end - (committed ?? beginning))
  const partition = { topic: 'payment.facts', partition: 0, committed, beginning, end, lag }
  const samples = new Samples()
  for (let n = 0; n < count; n++) {
    const units = [{ unit, members, lag, partitions: [partition] }]
    samples.add({ atMs: n * sampleEveryMs, ends: new Map(), units })
  }
  return samples
}
const needs = (samples: Samples, letters = 0, problems: readonly string[] = []) => {
  const ledger = new LetterLedger()
  for (let offset = 0; offset < letters; offset++) {
    const record = { topic: `${unit}.dlq`, partition: 0, offset, key: null, value: null }
    ledger.note(deadLetterOf(unit, { ...record, timestamp: 0, headers: {} }))
  }
  return needsOfLog({ samples, ledgers: { letters: ledger, parked: [] }, problems })
}

describe('what the log needs somebody for', () => {
  it('is nothing while units handle what comes, and nothing while nothing is known', () => {
    expect(needs(samplesOf(13, { committed: 10 }))).toEqual([])
    expect(needs(samplesOf(2, { committed: 5 }))).toEqual([])
    expect(needsOfLog({ samples: new Samples(), ledgers: undefined, problems: [] })).toEqual([])
  })

  it.each([
    [
      'a dead letter',
      needs(samplesOf(1, { committed: 10 }), 1),
      'payment-keeper has 1 dead letter nobody has decided on: corrente dlq list payment-keeper',
    ],
    [
      'a unit nobody runs',
      needs(samplesOf(4, { committed: 8, members: 0 })),
      'no process runs payment-keeper and 2 records wait: start a worker',
    ],
    [
      'a unit that does not move',
      needs(samplesOf(13, { committed: 9 })),
      'payment-keeper has not moved for a minute in 1 partition and 1 record waits: ' +
        "look at its worker's status and log",
    ],
    [
      'a place outside the log',
      needs(samplesOf(1, { committed: 3, beginning: 5 })),
      'payment-keeper is at offset 3 of payment.facts/0, outside the log (5 to 10): ' +
        'set its offsets by kafka-consumer-groups',
    ],
    [
      'no place at all',
      needs(samplesOf(4, { committed: undefined, members: 0 })),
      'payment-keeper has no committed offset in 1 partition: start its worker, which says what to do',
    ],
    [
      'a log that cannot be read',
      needs(samplesOf(1, { committed: 10 }), 0, ['Kafka at x:1 cannot be asked: silence']),
      'Kafka at x:1 cannot be asked: silence',
    ],
  ])('is %s', (_, found, sentence) => {
    expect(found).toEqual([sentence])
  })
})
