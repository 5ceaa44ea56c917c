import { describe, expect, it } from 'vitest'
import { readTimers } from '#apps/corrente/debits/read-timers'
import { debitTimers } from '#apps/corrente/debits/topic-sources'
import { jsonWire } from '#core/example-unit'
import type { InputRecord, TopicPartition } from '#core/records'
import { debits } from '#schemas/topics'
import { account_id, authorise, holdDue, nowMs } from '#streams/debits/debit-samples'
import { Violations } from '#streams/debits/verification/violations'

const { name: topic } = debitTimers
const recordOf = (offset: number, key: string, value: Buffer | null): InputRecord => ({
  ...{ topic, partition: 3, offset, key, value },
  timestamp: 0,
  headers: {},
})

/** A timer that was armed: what it writes when it is due. */
function armed(offset: number, place: string, request: object) {
  const value = jsonWire.encode(debits, request)
  const timer = { place, due_at: nowMs, key: account_id, value, headers: [] }
  return recordOf(offset, place, jsonWire.encode(debitTimers, timer))
}

/** What is read of a changelog that has these records, in two batches. */
async function read(...records: readonly InputRecord[]) {
  const asked: unknown[] = []
  const violations = new Violations()
  const source = {
    async *between(between: object) {
      asked.push(between)
      yield records.slice(0, 1)
      yield records.slice(1)
    },
    close: async () => undefined,
  }
  const timers = await readTimers({
    sources: { of: () => source },
    offsets: {
      beginnings: async (places: readonly TopicPartition[]) =>
        places.map((place) => ({ ...place, offset: 2 })),
    },
    wire: jsonWire,
    cut: { partition: 3, timersEnd: 90 },
    violations,
  })
  return { timers, asked, told: violations.list().flatMap(({ first }) => first) }
}

describe('the timers of a partition', () => {
  const [one, other] = [armed(5, 'one', holdDue('h1')), armed(6, 'other', holdDue('h2'))]

  it('are those that were armed before the cut and did not go', async () => {
    const { timers, asked, told } = await read(one, other, recordOf(7, 'one', null))
    const due = { account_id, hold_id: 'h2', due_at: nowMs, at: `${topic}@3:6` }
    expect([timers, told]).toEqual([[due], []])
    const place = { topic, partition: 3 }
    const span = { from: [{ ...place, offset: 2 }], ends: [{ ...place, offset: 90 }] }
    expect(asked).toEqual([{ ...span, areBare: true }])
  })

  it('are each one, however often they were written', async () => {
    const { timers } = await read(one, armed(8, 'one', holdDue('h1')))
    expect(timers).toMatchObject([{ hold_id: 'h1', at: `${topic}@3:8` }])
  })

  it('are told where they cannot be read, or do something else', async () => {
    const damaged = recordOf(9, 'damaged', Buffer.from('{'))
    const { timers, told } = await read(one, damaged, armed(10, 'odd', authorise('h3', 1)))
    expect(timers).toHaveLength(1)
    expect(told).toMatchObject([
      { kind: 'unreadable-record', at: `${topic}@3:9` },
      { kind: 'unreadable-record', at: `${topic}@3:10`, what: 'it ends no hold' },
    ])
  })
})
