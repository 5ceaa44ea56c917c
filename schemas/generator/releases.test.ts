import { expect, it } from 'vitest'
import type { FieldSchema, RecordSchema } from '#schemas/avro'
import { isSame, nextVersion } from '#schemas/generator/releases'

const id: FieldSchema = { name: 'id', type: 'string', data: 'none', doc: 'Identity.' }
const note: FieldSchema = {
  name: 'note',
  type: ['null', 'string'],
  default: null,
  data: 'none',
  doc: 'Note.',
}
const thing = (...fields: FieldSchema[]): RecordSchema => ({
  type: 'record',
  name: 'Thing',
  namespace: 'corrente.things',
  doc: 'A thing.',
  fields,
})

it('releases the first version, then only what changed', () => {
  expect(nextVersion('things', thing(id), [])).toBe(1)
  expect(nextVersion('things', thing(id), [thing(id)])).toBeUndefined()
  expect(nextVersion('things', thing(id, note), [thing(id)])).toBe(2)
})

it('refuses what could not read a released version, not only the newest', () => {
  const count = { ...note, name: 'count', type: ['null', 'long'] } as const
  const counted = thing(id, { ...count, name: 'note' })
  expect(() => nextVersion('things', counted, [thing(id, note), thing(id)])).toThrow(
    'things against version 1: /note was string and is long',
  )
})

it('takes schemas for the same whatever the order of their attributes', () => {
  const { type, data, doc, name } = id
  expect(isSame(thing(id), thing({ doc, data, type, name }))).toBe(true)
  expect(isSame(thing(id, note), thing(note, id))).toBe(false)
})
