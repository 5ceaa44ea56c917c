import avsc from 'avsc'
import { describe, expect, it } from 'vitest'
import { avroOptions, avroTypeOf } from '#schemas/avro-types'
import { codecOf } from '#schemas/codec'
import { readSample } from '#schemas/samples/sample'
import { InvalidValueError } from '#schemas/values/invalid-value'

const payments = codecOf('corrente.payments.Payment')
const reported = codecOf('corrente.payments.ReportedPayment')
const payment = payments.fromJson(readSample('payment-pending'))
const payment_id = payment.id
const text = { type: 'string' }
const writerOf = (...fields: object[]) => ({
  type: 'record',
  name: 'ReportedPayment',
  namespace: 'corrente.payments',
  fields,
})

describe('bytes of another writer', () => {
  it('are read with its schema: more members, another order', () => {
    const writer = writerOf(
      { name: 'tags', type: { type: 'array', items: 'string' } },
      { name: 'labels', type: { type: 'map', values: 'long' } },
      { name: 'odd', type: ['null', 'int', 'double'] },
      { name: 'status', type: text },
      { name: 'payment_id', type: text },
    )
    const bytes = avroTypeOf(writer).toBuffer({
      tags: ['a', 'b'],
      labels: { a: 1 },
      odd: null,
      status: 'COMPLETE',
      payment_id,
    })
    expect(reported.decode(bytes, 0, reported.resolverFor(writer))).toEqual({
      payment_id,
      status: 'COMPLETE',
    })
  })

  it('are read with its type where that was made with our options', () => {
    const type = avsc.Type.forSchema(payments.schema as never, { ...avroOptions })
    expect(payments.decode(payments.encode(payment), 0, payments.resolverFor(type))).toEqual(
      payment,
    )
  })

  it('are validated: a value type holds on reading too', () => {
    const bytes = reported.type.toBuffer({ payment_id: 'p', status: 'COMPLETE' })
    expect(() => reported.decode(bytes)).toThrow('/payment_id: is not a UUID')
  })

  it('are refused where a member has no default', () => {
    expect(() => reported.resolverFor(writerOf({ name: 'status', type: text }))).toThrow(
      'payment_id',
    )
  })
})

describe('damaged bytes', () => {
  const bytes = payments.encode(payment)

  it('are refused when short or long', () => {
    expect(() => payments.decode(bytes.subarray(0, -1))).toThrow('ends before the')
    expect(() => payments.decode(Buffer.concat([bytes, Buffer.from([0])]))).toThrow(
      'has 1 bytes after',
    )
    expect(() => payments.decode(Buffer.alloc(0))).toThrow(InvalidValueError)
  })

  it('never keep the reader busy with a count they cannot hold', () => {
    const huge = Buffer.from('feffffffffffff1f', 'hex')
    for (const type of [
      { type: 'array', items: 'string' },
      { type: 'map', values: 'string' },
    ]) {
      const writer = writerOf({ name: 'much', type }, ...reported.schema.fields)
      const resolver = reported.resolverFor(writer)
      expect(() => reported.decode(huge, 0, resolver)).toThrow('do not fit in the bytes left')
      expect(() => void avroTypeOf(type).fromBuffer(huge)).toThrow()
    }
  })

  it('give an InvalidValueError whatever byte is hit', () => {
    for (let at = 0; at < bytes.length; at++) {
      for (const mask of [0x01, 0x40, 0x80, 0xff]) {
        const damaged = Buffer.from(bytes)
        damaged[at]! ^= mask
        try {
          payments.decode(damaged)
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidValueError)
        }
      }
    }
  })
})
