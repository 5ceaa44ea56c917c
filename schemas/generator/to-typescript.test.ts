import { expect, it } from 'vitest'
import type { RecordSchema } from '#schemas/avro'
import { definitionsOf } from '#schemas/generator/compose'
import { toTypescript } from '#schemas/generator/to-typescript'

const typesOf = (fields: RecordSchema['fields'], members: Partial<RecordSchema> = {}) => {
  const source: RecordSchema = {
    type: 'record',
    name: 'Thing',
    namespace: 'corrente.a',
    doc: 'A thing.',
    fields,
    ...members,
  }
  return toTypescript([source], definitionsOf([source]))
}
const plain = { data: 'none', doc: 'Why.' } as const

it('makes readonly members with their docs', () => {
  const text = typesOf([
    { ...plain, name: 'id', type: { type: 'string', corrente: 'uuid' } },
    { ...plain, name: 'tags', type: ['null', { type: 'array', items: ['null', 'string'] }] },
    { ...plain, name: 'count', type: 'long' },
  ])
  expect(text).toContain(
    '/** A thing. */\nexport interface Thing {\n/** Why. */\nreadonly id: Uuid\n',
  )
  expect(text).toContain('readonly tags: readonly (string | null)[] | null\n')
  expect(text).toContain('readonly count: number\n')
  expect(text).toContain("readonly 'corrente.a.Thing': Thing")
})

it('makes a union of literals of an enum', () => {
  const type = { type: 'enum', name: 'State', doc: 'A state.', symbols: ['A', 'B'] } as const
  const text = typesOf([{ ...plain, name: 'state', type }])
  expect(text).toContain("export type State = 'A' | 'B'")
  expect(text).toContain('readonly state: State\n')
})

it('makes a discriminated union of a record with variants', () => {
  const type = { type: 'enum', name: 'Kind', doc: 'Kind.', symbols: ['Opened', 'Seen'] } as const
  const block = { ...plain, name: 'opened', type: ['null', 'string'], default: null } as const
  const text = typesOf(
    [{ ...plain, name: 'id', type: 'string' }, { ...plain, name: 'type', type }, block],
    { corrente: 'variants', discriminator: 'type' },
  )
  expect(text).toContain('export interface ThingMembers {\n/** Why. */\nreadonly id: string\n}')
  expect(text).toContain(
    "export type Thing = ThingMembers & (| { readonly type: 'Opened'; readonly opened: string }\n" +
      "| { readonly type: 'Seen' })",
  )
})
