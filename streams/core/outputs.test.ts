import { describe, expect, it } from 'vitest'
import { RejectedError } from '#core/errors'
import {
  anomaly,
  counts,
  echo,
  input,
  jsonWire,
  output,
  paymentId,
  recordOf,
} from '#core/example-unit'
import type { Outcome } from '#core/handle-record'
import { headersFor, outputsOf } from '#core/outputs'
import { type Emission, to } from '#core/processor'
import { type OutputRecord, recordBytesMax } from '#core/records'

const record = recordOf(Buffer.from('{"original":true}'))
const createdAt = new Date('2026-01-15T09:00:00Z')
const written = (emissions: readonly Emission[], more: Partial<Outcome> = {}) =>
  outputsOf(
    { record, value: { event_id: 'cause-1' } },
    { emissions, isBug: false, attempts: 1, lookedUp: [], ...more },
    { unit: echo, wire: jsonWire, appVersion: '0.1.0', createdAt },
  )
const row = to(counts, { payment_id: paymentId, status: 'kept' })
const textOf = (bytes: Buffer | null) => JSON.parse(String(bytes)) as Record<string, unknown>

describe('outputsOf', () => {
  it('stamps the envelope of a new event, the same when the record is handled again', () => {
    const [first] = written([to(output, anomaly())]).outputs
    const envelope = textOf(first!.value)
    expect(envelope).toMatchObject({
      event_version: '1.0',
      event_created_at: '2026-01-15T10:00:00+01:00',
      app_id: 'echo:0.1.0',
    })
    expect(envelope['event_id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(written([to(output, anomaly())]).outputs).toEqual([first])
    const [, second] = written([to(output, anomaly()), to(output, anomaly())]).outputs
    expect(textOf(second!.value)['event_id']).not.toBe(envelope['event_id'])
  })

  it('names the producer it is told to', () => {
    const [named] = written([to(output, anomaly(), { appId: 'proxy:2' })]).outputs
    expect(textOf(named!.value)['app_id']).toBe('proxy:2')
  })

  it('puts a row under the partition of its input, unstamped, and the event where its key says', () => {
    const { outputs, rows } = written([row, to(output, anomaly())])
    expect(outputs.map(({ topic, partition, key }) => [topic, partition, key])).toEqual([
      ['counts', 2, paymentId],
      ['out', null, paymentId],
    ])
    expect(textOf(outputs[0]!.value)).toEqual({ payment_id: paymentId, status: 'kept' })
    expect(rows).toEqual([{ table: 'counts', key: paymentId, bytes: outputs[0]!.value }])
  })

  it('removes a row', () => {
    const { outputs, rows } = written([{ topic: 'counts', key: paymentId, value: null }])
    expect(outputs).toMatchObject([{ topic: 'counts', partition: 2, value: null }])
    expect(rows).toEqual([{ table: 'counts', key: paymentId, bytes: null }])
  })

  it('sets the record aside beside what was emitted', () => {
    const cause = new RejectedError('ambiguous', 'two of them')
    const { outputs } = written([to(output, anomaly())], { cause })
    expect(outputs.map(({ topic }) => topic)).toEqual(['out', 'echo.dlq'])
    expect(outputs[1]).toMatchObject({ value: record.value, partition: 2 })
    expect(outputs[1]!.headers['dlq.error']).toBe('ambiguous')
  })

  it.each<[string, Emission]>([
    ['to a topic that is not declared', { topic: 'elsewhere', key: 'k', value: {} }],
    [
      'to the input, which is not declared as an output',
      { topic: input.name, key: 'k', value: {} },
    ],
    [
      'that is not valid',
      { topic: 'out', key: 'k', value: { ...anomaly(), payment_id: 'no uuid' } },
    ],
    ['without a key', { topic: 'out', key: undefined as never, value: anomaly() }],
    ['that is too large', { topic: 'out', key: 'k', value: anomaly('x'.repeat(1_000_000)) }],
  ])('writes nothing but a dead letter for an emission %s', (_, bad) => {
    const { outputs, rows, outcome } = written([to(output, anomaly()), row, bad])
    expect(outputs.map(({ topic }) => topic)).toEqual(['echo.dlq'])
    expect(rows).toEqual([])
    expect(outcome).toMatchObject({ isBug: true, emissions: [] })
  })

  it('takes what just fits into a record of Kafka, and not a byte more', () => {
    const text = (length: number) => anomaly('x'.repeat(length))
    const [{ key, value, headers }] = written([to(output, text(0))]).outputs as [OutputRecord]
    const texts = [key, ...Object.entries(headers).flat()].join('')
    const left = recordBytesMax - value!.length - Buffer.byteLength(texts)
    const topicsOf = (length: number) =>
      written([to(output, text(length))]).outputs.map(({ topic }) => topic)
    expect(topicsOf(left)).toEqual(['out'])
    expect(topicsOf(left + 1)).toEqual(['echo.dlq'])
  })

  it('counts the headers: Kafka does', () => {
    const lookedUp = Array.from(
      { length: 20_000 },
      (_, n) => `tenants/${n}@0:${n}${'x'.repeat(40)}`,
    )
    const { outputs } = written([to(output, anomaly())], { lookedUp })
    expect(outputs.map(({ topic }) => topic)).toEqual(['echo.dlq'])
  })
})

describe('headersFor', () => {
  it('begins a story', () => {
    expect(headersFor('echo', record, { event_id: 'cause-1' }, { lookedUp: [] })).toEqual({
      'correlation-id': 'cause-1',
      'causation-id': 'cause-1',
      'corrente-unit': 'echo',
      'corrente-origin': 'in/2/41',
    })
  })

  it('goes on with a story, and says what was looked up', () => {
    const told = {
      'correlation-id': 'story',
      'corrente-origin': 'a/0/1',
      traceparent: '00-1',
      x: 'y',
    }
    const lookedUp = ['tenants/a@0:1', 'tenants/b@0:2']
    const headers = headersFor('echo', recordOf(null, told), {}, { lookedUp })
    expect(headers).toEqual({
      traceparent: '00-1',
      'correlation-id': 'story',
      'causation-id': 'in/2/41',
      'corrente-unit': 'echo',
      'corrente-origin': 'a/0/1',
      'corrente-lookups': 'tenants/a@0:1,tenants/b@0:2',
    })
  })
})
