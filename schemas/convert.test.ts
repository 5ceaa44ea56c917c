import { describe, expect, it } from 'vitest'
import type { AvroSchema, FieldSchema } from '#schemas/avro'
import { converterOf } from '#schemas/convert'
import { type Form, fromPlainJson, settling, toPlainJson } from '#schemas/forms'

const plain = { data: 'none', doc: 'x' } as const
const converter = (fields: readonly object[], form: Form = settling) =>
  converterOf(
    {
      type: 'record',
      name: 'Thing',
      namespace: 'corrente.things',
      doc: 'x',
      fields: fields as FieldSchema[],
    },
    form,
  )
const ofType = (type: AvroSchema) => converter([{ ...plain, name: 'x', type }])

describe('a converter', () => {
  it.each([
    ['boolean', [true, false], [0, 'true', null]],
    ['int', [0, -(2 ** 31), 2 ** 31 - 1], [2 ** 31, 1.5, '1', Number.NaN]],
    ['long', [2 ** 53 - 1], [2 ** 53, 1.5, '1', 1n]],
    ['double', [1.5, -0], [Number.NaN, Infinity, '1.5']],
    ['string', ['', 'è'], [1, null, ['x']]],
  ])('takes %s for what it is', (type, good, bad) => {
    for (const x of good) expect(ofType(type)({ x })).toEqual({ x })
    for (const x of bad) expect(() => ofType(type)({ x })).toThrow('/x: is ')
  })

  it('follows a type that refers to itself', () => {
    const children = { type: 'array', items: 'corrente.things.Thing' }
    const convert = converter([{ ...plain, name: 'children', type: children }])
    const tree = { children: [{ children: [] }, { children: [{ children: [] }] }] }
    expect(convert(tree)).toEqual(tree)
    expect(() => convert({ children: [{ children: [7] }] })).toThrow(
      '/children/0/children/0: is a number; an object is expected',
    )
  })

  it('copies: what it was given is left alone', () => {
    const given = Object.freeze({ x: Object.freeze(['a']), unknown: 1 })
    const x = { ...plain, name: 'x', type: { type: 'array', items: 'string' } }
    const made = converter([x], fromPlainJson)(given) as { x: string[] }
    expect(made).toEqual({ x: ['a'] })
    expect(made.x).not.toBe(given.x)
  })

  it('hands on what comes from Avro where nothing changes, and copies where something does', () => {
    const uuid = 'a0b1c2d3-0000-4000-8000-000000000000'
    const members = [
      { ...plain, name: 'list', type: { type: 'array', items: 'string' } },
      { ...plain, name: 'id', type: { type: 'string', corrente: 'uuid' } },
      { ...plain, name: 'last', type: 'string', default: 'd' },
    ]
    const settled = Object.freeze({ list: Object.freeze(['a']), id: uuid, last: 'l' })
    expect(converter(members)(settled)).toBe(settled)
    const loose = Object.freeze({ list: Object.freeze(['a']), id: uuid.toUpperCase() })
    expect(converter(members)(loose)).toEqual({ list: ['a'], id: uuid, last: 'd' })
  })

  it('tells null from missing', () => {
    const x = { ...plain, name: 'x', type: ['null', 'string'], default: null }
    expect(converter([x])({})).toEqual({ x: null })
    expect(converter([{ ...x, type: 'string', default: 'd' }])({})).toEqual({ x: 'd' })
    expect(() => converter([{ ...x, type: 'string', default: 'd' }])({ x: null })).toThrow('/x')
  })
})

describe('each form', () => {
  const fields = [
    {
      ...plain,
      name: 'amount',
      type: { type: 'bytes', logicalType: 'decimal', precision: 12, scale: 2, corrente: 'cents' },
    },
    { ...plain, name: 'meta', type: { type: 'string', corrente: 'json' }, default: '{}' },
    { ...plain, name: 'note', type: ['null', 'string'], default: null, null: 'absent' },
  ]
  const code = { amount: 4250, meta: '{"a":1}', note: null }
  const json = { amount: 42.5, meta: { a: 1 } }

  it('goes its way', () => {
    expect(converter(fields, settling)(code)).toEqual(code)
    expect(converter(fields, fromPlainJson)(json)).toEqual(code)
    expect(converter(fields, toPlainJson)(code)).toStrictEqual(json)
  })

  it('fills in defaults as its side has them', () => {
    expect(converter(fields, settling)({ amount: 1 })).toHaveProperty('meta', '{}')
    expect(converter(fields, fromPlainJson)({ amount: 1 })).toHaveProperty('meta', '{}')
    expect(converter(fields, toPlainJson)({ amount: 1 })).toHaveProperty('meta', {})
  })
})
