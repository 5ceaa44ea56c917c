import avsc from 'avsc'
import { describe, expect, it } from 'vitest'
import { DecimalText } from '#apps/corrente/conformance/log/decimal-text'
import { encodingOf } from '#apps/corrente/conformance/log/find-encoding'
import { fitted } from '#apps/corrente/conformance/log/fit'
import { jsonCodec } from '#apps/corrente/conformance/log/trial-codec'
import { examplePlan } from '#apps/corrente/conformance/example-plan'
import { trialPayment } from '#apps/corrente/conformance/trial-payment'
import { schemas } from '#schemas/generated/schemas'

const typeOf = (schema: unknown) =>
  avsc.Type.forSchema(structuredClone(schema) as never, {
    logicalTypes: { decimal: DecimalText },
  })
const roundTrip = (schema: unknown, value: unknown): unknown => {
  const type = typeOf(schema)
  return JSON.parse(JSON.stringify(type.fromBuffer(type.toBuffer(fitted(type, value)))))
}

describe('a plain value in Avro', () => {
  it('is a payment as our own schema has it', () => {
    const payment = trialPayment({ ...examplePlan, amount: '42.50' })
    const read = roundTrip(schemas['corrente.payments.Payment'], {
      ...payment,
      path: '/payments',
      payment: {
        ...(payment['payment'] as object),
        split: [{ code: 'c_1', amount: 40, meta: {} }],
      },
    })
    expect(read).toMatchObject({
      id: payment.id,
      payment: { amount: '42.50', split: [{ code: 'c_1', amount: '40.00', meta: '{}' }] },
      links: { notify: [], update: { url: null } },
      debtor: null,
    })
    expect(read).not.toHaveProperty('path')
  })

  it('is what a stranger calls a number, text, or nothing', () => {
    const fields = [
      { name: 'amount', type: 'double' },
      { name: 'version', type: ['null', 'string'] },
      { name: 'either', type: ['null', 'string', 'double'] },
      { name: 'meta', type: 'string' },
      { name: 'tags', type: { type: 'map', values: 'string' } },
      { name: 'absent', type: ['null', 'string'], default: null },
      { name: 'size', type: 'long', default: 7 },
    ]
    const value = { amount: '1.5', version: 2, either: 1.5, meta: { a: 1 }, tags: { b: 2 } }
    expect(roundTrip({ type: 'record', name: 'Stranger', fields }, value)).toEqual({
      amount: 1.5,
      version: '2',
      either: '1.5',
      meta: '{"a":1}',
      tags: { b: '2' },
      absent: null,
      size: 7,
    })
  })

  it.each([
    [2, '42.50'],
    [2, '-0.01'],
    [2, '0.00'],
    [4, '1.0000'],
    [0, '12'],
  ])('is a decimal of %s digits: %s', (scale, text) => {
    const bytes = { type: 'bytes', logicalType: 'decimal', precision: 12, scale }
    const fixed = { ...bytes, type: 'fixed', name: 'Sum', size: 6 }
    for (const schema of [bytes, fixed]) expect(roundTrip(schema, text)).toBe(text)
  })
})

describe('a plain value in JSON', () => {
  it('is spelt as it is told to be', async () => {
    const bytes = await jsonCodec.encode({ event_version: '2.0' }, (text) =>
      text.replace('"2.0"', '2.0'),
    )
    expect(bytes.toString()).toBe('{"event_version":2.0}')
  })

  it.each(['', 'x', '7', 'null', '{"id":'])('is none in the bytes of %j', async (text) => {
    expect(await jsonCodec.decode(Buffer.from(text))).toBeUndefined()
  })
})

describe('how a topic is written', () => {
  const record = (timestamp: number, text: string | null) => ({
    timestamp,
    value: text === null ? null : Buffer.from(text),
  })

  it('is told by the newest record that tells', () => {
    const [json, avro] = [record(1, '{}'), record(2, '\0\0\0\0\u0001')]
    expect(encodingOf([avro, json])).toBe('avro')
    expect(encodingOf([{ ...avro, timestamp: 0 }, json])).toBe('json')
    expect(encodingOf([json, record(3, null), record(4, 'x'), record(5, '')])).toBe('json')
    expect(encodingOf([])).toBeUndefined()
  })
})
