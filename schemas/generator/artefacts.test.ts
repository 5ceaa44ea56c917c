import { expect, it } from 'vitest'
import type { RecordSchema } from '#schemas/avro'
import { artefactsOf } from '#schemas/generator/artefacts'

const schema: RecordSchema = {
  type: 'record',
  name: 'Thing',
  namespace: 'corrente.things',
  doc: 'A thing.',
  fields: [{ name: 'id', type: 'string', data: 'none', doc: 'Identity.' }],
}

it('makes the composed schemas and both files of the sources', () => {
  const { schemas, files } = artefactsOf([{ path: 'things/thing.avsc', schema }])
  expect(schemas.get('corrente.things.Thing')).toEqual(schema)
  expect(files['types.ts']).toContain('export interface Thing')
  expect(files['schemas.ts']).toContain('"corrente.things.Thing"')
})

it('makes nothing of sources that break a rule', () => {
  const { doc: _, ...undocumented } = schema
  const files = [{ path: 'things/thing.avsc', schema: undocumented as RecordSchema }]
  expect(() => artefactsOf(files)).toThrow('things/thing.avsc: Thing has no doc')
})
