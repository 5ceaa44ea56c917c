import { describe, expect, it } from 'vitest'
import { describedTopic } from '#apps/platform/inspection/described-topic'
import { hidden } from '#apps/platform/inspection/masked'
import { shownRecord } from '#apps/platform/inspection/shown-record'
import type { InputRecord } from '#core/records'
import { newWire } from '#core/wire'
import { readSample } from '#schemas/samples/sample'
import * as topics from '#schemas/topics'

const wire = newWire({ format: 'json' })
const record = (value: Buffer | null, headers = {}): InputRecord => ({
  topic: 'payments',
  partition: 3,
  offset: 14,
  key: 'service',
  value,
  timestamp: Date.parse('2026-01-15T09:00:00Z'),
  headers,
})
const bytesOf = (json: unknown) => Buffer.from(JSON.stringify(json))
const hiding = { wire, topic: topics.payments, isPersonalShown: false }
const showing = { ...hiding, isPersonalShown: true }

describe('a record that is shown', () => {
  it('says where it is and what it says, persons hidden unless they are asked for', () => {
    const sample = record(bytesOf(readSample('payment-complete')), { 'x-user': 'a person' })
    expect(shownRecord(sample, hiding)).toMatchObject({
      at: 'payments@3:14',
      time: '2026-01-15T09:00:00.000Z',
      key: 'service',
      headers: { 'x-user': hidden },
      value: { status: 'COMPLETE', payer: { name: hidden } },
    })
    const { payer } = readSample('payment-complete') as { payer: { name: string } }
    expect(shownRecord(sample, showing)).toMatchObject({
      headers: { 'x-user': 'a person' },
      value: { payer: { name: payer.name } },
    })
  })

  it('is not quoted where it cannot be read', () => {
    const broken = record(bytesOf({ ...readSample('payment-complete'), status: 'a person' }))
    expect(shownRecord(broken, hiding)).toEqual(
      expect.objectContaining({ unread: 'InvalidValueError', bytes: broken.value!.length }),
    )
    expect(JSON.stringify(shownRecord(broken, hiding))).not.toContain('a person')
    expect(JSON.stringify(shownRecord(broken, showing))).toContain('a person')
  })

  it('tells a version that is not read, a tombstone, and a topic nobody has described', () => {
    const old = record(bytesOf({ event_version: '1.0', name: 'a person' }))
    expect(shownRecord(old, hiding)).toMatchObject({ unread: 'version 1 is not read' })
    expect(shownRecord(record(null), hiding)).toMatchObject({ value: null, bytes: 0 })
    const foreign = record(bytesOf({ name: 'a person' }))
    expect(shownRecord(foreign, { ...hiding, topic: undefined })).toMatchObject({
      key: hidden,
      value: hidden,
    })
    expect(shownRecord(foreign, { ...showing, topic: undefined })).toMatchObject({
      value: { name: 'a person' },
    })
  })
})

describe('a topic as it is read', () => {
  it('is the declared one, or the input of the unit whose letters lie on it', () => {
    expect(describedTopic('payments')).toBe(topics.payments)
    expect(describedTopic('payment-dispatcher.dlq')).toBe(topics.applications)
    expect(describedTopic('payment-dispatcher.redrive')).toBe(topics.applications)
    expect(describedTopic('debt-position-opener.parked')?.schema).toBe(
      'corrente.engine.ParkedRecord',
    )
    expect(describedTopic('somebody-else')).toBeUndefined()
  })
})
