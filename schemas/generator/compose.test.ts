import { describe, expect, it } from 'vitest'
import type { AvroSchema, RecordSchema } from '#schemas/avro'
import { avroTypeOf } from '#schemas/avro-types'
import { compose, definitionsOf } from '#schemas/generator/compose'

const record = (
  name: string,
  fields: Readonly<Record<string, AvroSchema>>,
  namespace?: string,
): RecordSchema => ({
  type: 'record',
  name,
  ...(namespace === undefined ? {} : { namespace }),
  doc: 'x',
  fields: Object.entries(fields).map(([member, type]) => ({
    name: member,
    type,
    data: 'none',
    doc: 'x',
  })),
})
const inner = record('Inner', { code: 'string' })
const first = record('First', { inner, again: 'corrente.a.Inner' }, 'corrente.a')
const second = record(
  'Second',
  {
    list: { type: 'array', items: 'corrente.a.First' },
    maybe: ['null', 'corrente.a.First'],
    inner: 'corrente.a.Inner',
  },
  'corrente.b',
)
const definitions = definitionsOf([first, second])

describe('a composed schema', () => {
  it('has every other type written out where it is first used, with its namespace', () => {
    const composed = compose(second, definitions)
    expect(composed.fields.map(({ type }) => type)).toEqual([
      { type: 'array', items: { ...first, fields: [...first.fields] } },
      ['null', 'corrente.a.First'],
      'corrente.a.Inner',
    ])
    expect(avroTypeOf(composed).name).toBe('corrente.b.Second')
  })

  it('is the source itself where that refers to nothing outside', () => {
    expect(compose(first, definitions)).toEqual(first)
  })

  it('names what is nowhere defined', () => {
    const lost = record('Lost', { x: 'corrente.a.Nowhere' }, 'corrente.a')
    expect(() => compose(lost, definitionsOf([lost]))).toThrow(
      'Lost refers to corrente.a.Nowhere, which is unknown',
    )
  })

  it('has one definition for each name', () => {
    expect(() => definitionsOf([first, first])).toThrow('corrente.a.First is defined twice')
  })
})
