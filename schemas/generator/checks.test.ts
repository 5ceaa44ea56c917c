import { describe, expect, it } from 'vitest'
import type { FieldSchema, RecordSchema } from '#schemas/avro'
import { problemsOf } from '#schemas/generator/checks'

const code: FieldSchema = { name: 'code', type: 'string', data: 'none', doc: 'Code.' }
const record = (members: Partial<RecordSchema> = {}): RecordSchema => ({
  type: 'record',
  name: 'PaymentThing',
  namespace: 'corrente.payments',
  doc: 'A thing.',
  fields: [code],
  ...members,
})
const problems = (schema: RecordSchema, path = 'payments/payment-thing.avsc') =>
  problemsOf([{ path, schema }])
const ofField = (members: object) => problems(record({ fields: [{ ...code, ...members }] }))

describe('a schema', () => {
  it('that follows the rules has no problems', () => {
    expect(problems(record())).toEqual([])
  })

  it('lies where its name says', () => {
    expect(problems(record(), 'payments/thing.avsc')).toEqual([
      'payments/thing.avsc: PaymentThing belongs into payments/payment-thing.avsc',
    ])
    expect(problems(record({ namespace: 'corrente.other' }))).toEqual([
      'payments/payment-thing.avsc: the namespace is not corrente.payments',
    ])
  })

  it('has a name of its own, nested types too', () => {
    const enumeration = { type: 'enum', name: 'PaymentThing', doc: 'x', symbols: ['A'] } as const
    expect(ofField({ type: enumeration })).toEqual([
      'payments/payment-thing.avsc: PaymentThing is also defined in payments/payment-thing.avsc',
    ])
  })

  it('is documented', () => {
    expect(problems(record({ doc: '' }))[0]).toContain('PaymentThing has no doc')
  })
})

describe('a field', () => {
  it.each([
    [{ doc: '' }, 'PaymentThing.code has no doc'],
    [{ data: undefined }, 'PaymentThing.code has no data class, one of none, personal'],
    [{ data: 'secrets' }, 'PaymentThing.code has no data class, one of none, personal'],
    [{ type: ['null', 'string'] }, 'may be null and has not the default null'],
    [{ type: ['string', 'null'], default: null }, 'is not of null and one other type'],
    [{ type: ['null', 'string', 'int'], default: null }, 'is not of null and one other type'],
    [{ null: 'absent' }, 'leaves out a null it cannot have'],
    [{ name: 'camelCase' }, 'is not in lower case with underscores'],
    [{ type: 'bytes' }, 'PaymentThing.code: bytes is not a type'],
    [{ type: { type: 'string', corrente: 'bytes' } }, 'corrente "bytes" is no value type'],
    [{ type: 'Payment' }, 'PaymentThing.code: Payment is not a type'],
    [{ type: { type: 'string', corrente: 'email' } }, 'corrente "email" is no value type'],
    [{ type: { type: 'string', corrente: 'cents' } }, 'corrente "cents" is no value type'],
    [{ type: { type: 'string' } }, 'corrente "undefined" is no value type'],
    [
      {
        type: { type: 'bytes', logicalType: 'decimal', precision: 12, scale: 3, corrente: 'cents' },
      },
      'corrente "cents" is no value type, or on a wrong type',
    ],
  ])('%j has a problem', (members, problem) => {
    expect(ofField(members).join()).toContain(problem)
  })
})

describe('a record with variants', () => {
  const tag: FieldSchema = {
    name: 'type',
    type: { type: 'enum', name: 'ThingType', doc: 'Kind.', symbols: ['Opened'] },
    data: 'none',
    doc: 'Kind.',
  }
  const block = (name: string): FieldSchema => ({
    ...code,
    name,
    type: ['null', 'string'],
    default: null,
  })
  const variants = (...fields: FieldSchema[]) =>
    problems(record({ corrente: 'variants', discriminator: 'type', fields }))

  it('has nullable blocks named by its discriminator, and no other nulls', () => {
    expect(variants(tag, block('opened'))).toEqual([])
    expect(variants(tag, block('closed'))[0]).toContain('closed is not a nullable block')
    expect(variants(tag, { ...code, name: 'opened' })[0]).toContain(
      'opened is not a nullable block',
    )
    expect(variants(code)[0]).toContain('a discriminator that is an enum')
  })
})
