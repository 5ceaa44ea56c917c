import { expect, it } from 'vitest'
import { type AvroSchema, fullNameOf, isArray, isNamed, isPrimitive, isUnion } from '#schemas/avro'

const text: AvroSchema = { type: 'string', corrente: 'uuid' }
const list: AvroSchema = { type: 'array', items: text }
const state: AvroSchema = { type: 'enum', name: 'State', doc: 'A state.', symbols: ['A'] }

it('tells the kinds of schemas apart', () => {
  const all = ['string', text, list, state, ['null', text]] as const
  expect(all.map(isArray)).toEqual([false, false, true, false, false])
  expect(all.map(isNamed)).toEqual([false, false, false, true, false])
  expect(all.map(isUnion)).toEqual([false, false, false, false, true])
  expect(['long', 'corrente.a.Thing'].map(isPrimitive)).toEqual([true, false])
})

it('names a type by its own namespace, or that around it', () => {
  expect(fullNameOf(state, 'corrente.a')).toBe('corrente.a.State')
  expect(fullNameOf({ ...state, namespace: 'corrente.b' }, 'corrente.a')).toBe('corrente.b.State')
})
