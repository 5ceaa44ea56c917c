import { describe, expect, it } from 'vitest'
import { ParkedRows } from '#apps/platform/inspection/parked'
import type { InputRecord } from '#core/records'
import { newWire } from '#core/wire'
import { parkedTopic } from '#schemas/engine/unit-topics'

const wire = newWire({ format: 'json' })
const unit = 'debt-position-opener'
const topic = parkedTopic(unit)
const noon = Date.parse('2026-01-15T12:00:00Z')

const rowOf = (orderKey: string, sequence: number, more: object = {}): InputRecord => {
  const place = `${orderKey}/${String(sequence).padStart(12, '0')}`
  const value = wire.encode(topic, {
    place,
    order_key: orderKey,
    sequence,
    party: 'examplepay',
    attempts: 0,
    error: null,
    first_tried_at: null,
    parked_at: noon,
    due_at: noon,
    record: {
      topic: 'payment.openings',
      partition: 0,
      offset: sequence,
      timestamp: noon,
      key: orderKey,
      value: Buffer.from('a person'),
      headers: [],
    },
    ...more,
  })
  const { name } = topic
  return { topic: name, partition: 0, offset: 0, key: place, value, timestamp: noon, headers: {} }
}

describe('what is parked in a unit', () => {
  it('is told by order key: the first in line, how many wait, the one due first before the others', () => {
    const rows = new ParkedRows(unit)
    rows.note(wire, rowOf('p1', 2))
    rows.note(wire, rowOf('p1', 1, { attempts: 4, error: 'answered 503', due_at: noon + 60_000 }))
    rows.note(wire, rowOf('p1', 3))
    rows.note(wire, rowOf('p2', 7, { due_at: noon + 5_000 }))
    const rest = { unit, partition: 0, party: 'examplepay', parkedAtMs: noon }
    expect(rows.keys()).toEqual([
      { ...rest, orderKey: 'p2', count: 1, attempts: 0, error: null, dueAtMs: noon + 5_000 },
      {
        ...rest,
        orderKey: 'p1',
        count: 3,
        attempts: 4,
        error: 'answered 503',
        dueAtMs: noon + 60_000,
      },
    ])
  })

  it('is told of each partition by itself where one order key is in two', () => {
    const rows = new ParkedRows(unit)
    rows.note(wire, rowOf('p1', 1))
    rows.note(wire, { ...rowOf('p1', 1), partition: 4 })
    expect(rows.keys().map(({ partition, count }) => [partition, count])).toEqual([
      [0, 1],
      [4, 1],
    ])
    rows.note(wire, { ...rowOf('p1', 1), partition: 4, value: null })
    expect(rows.keys()).toMatchObject([{ partition: 0, count: 1 }])
  })

  it('is forgotten once it is done, and nothing of the record is kept', () => {
    const rows = new ParkedRows(unit)
    rows.note(wire, rowOf('p1', 1))
    rows.note(wire, rowOf('p1', 2))
    rows.note(wire, { ...rowOf('p1', 1), value: null })
    rows.note(wire, { ...rowOf('p3', 1), value: Buffer.from('not a row') })
    expect(rows.keys()).toMatchObject([{ orderKey: 'p1', count: 1 }])
    expect(JSON.stringify(rows.keys())).not.toContain('person')
  })
})
