import { describe, expect, it } from 'vitest'
import { checkBackward } from '#schemas/compatibility'
import { schemas } from '#schemas/generated/schemas'
import { isSame } from '#schemas/generator/releases'
import { releasedUnder } from '#schemas/released'
import type { AnyTopic } from '#schemas/topic'
import * as topics from '#schemas/topics'

const record = (...fields: object[]) => ({
  type: 'record',
  name: 'Thing',
  namespace: 'corrente.things',
  fields,
})
const of = (type: unknown) => record({ name: 'x', type })
const text = (corrente: string) => ({ type: 'string', corrente })
const decimal = (precision: number) => ({
  type: 'bytes',
  logicalType: 'decimal',
  precision,
  scale: 2,
  corrente: 'cents',
})
const state = (...symbols: string[]) => ({ type: 'enum', name: 'State', symbols })
const inner = (...fields: object[]) => ({ type: 'record', name: 'Inner', fields })

describe('old values are read with the next schema', () => {
  it.each([
    ['the same', of('string'), of('string')],
    ['a member less', record(), of('string')],
    ['a member more, with a default', record({ name: 'x', type: 'string', default: '' }), record()],
    ['null allowed', of(['null', 'string']), of('string')],
    ['a wider number', of('long'), of('int')],
    ['a value type given up', of('string'), of(text('uuid'))],
    ['a symbol more', of(state('A', 'B')), of(state('A'))],
  ])('%s', (_, next, previous) => {
    expect(checkBackward(next, previous)).toEqual([])
  })
})

describe('old values are not read with', () => {
  it.each([
    ['a member more', of('string'), record(), '/x is new and has no default'],
    ['null gone', of('string'), of(['null', 'string']), '/x could be null before and cannot now'],
    ['another type', of('long'), of('string'), '/x was string and is long'],
    ['a narrower number', of('int'), of('long'), '/x was long and is int'],
    ['a value type', of(text('uuid')), of('string'), '/x was string and is string (uuid)'],
    [
      'other digits',
      of(decimal(10)),
      of(decimal(12)),
      '/x was bytes (cents 12.2) and is bytes (cents 10.2)',
    ],
    ['a symbol less', of(state('A')), of(state('A', 'B')), '/x could be B before and cannot now'],
    [
      'a member more inside a list',
      of({ type: 'array', items: inner({ name: 'y', type: 'int' }) }),
      of({ type: 'array', items: inner() }),
      '/x/*/y is new and has no default',
    ],
  ])('%s', (_, next, previous, problem) => {
    expect(checkBackward(next, previous)).toEqual([problem])
  })

  it('several problems at once, and all are named', () => {
    const next = record({ name: 'a', type: 'int' }, { name: 'b', type: 'int' })
    expect(checkBackward(next, record({ name: 'b', type: 'string' }))).toHaveLength(2)
  })

  it('another name of the record', () => {
    expect(checkBackward({ ...of('int'), name: 'Other' }, of('int'))[0]).toContain('no alias found')
  })
})

describe.each(Object.values(topics) as readonly AnyTopic[])('$name', (topic) => {
  const released = releasedUnder(topic.name)

  it('has its schema released: npx tsx schemas/generate.ts --release', () => {
    expect(isSame(schemas[topic.schema], released.at(-1) ?? {})).toBe(true)
  })

  it('reads what was written with any released version', () => {
    const problems = released.flatMap((old) => checkBackward(schemas[topic.schema], old))
    expect(problems).toEqual([])
  })
})
