import { expect, it } from 'vitest'
import type { SchemaDirectory } from '#apps/ksql-standin/load/schema-directory'
import { UnstorableError } from '#apps/ksql-standin/load/unstorable'
import { WriterSchemas } from '#apps/ksql-standin/load/writer-schemas'
import { RegistryUnreachableError } from '#core/registry'

const framed = (id: number, ...body: number[]) => Buffer.from([0, 0, 0, 0, id, ...body])

const directory = (byId: SchemaDirectory['byId']): SchemaDirectory => ({
  byId,
  latest: async () => undefined,
})

it('asks once for a schema and reads with it', async () => {
  let asked = 0
  const schemas = new WriterSchemas(
    directory(async () => {
      asked += 1
      return { type: 'string' }
    }),
  )
  await schemas.prepare([framed(7, 2, 0x61), null, Buffer.from('plain')])
  await schemas.prepare([framed(7, 2, 0x62)])
  expect(schemas.read(framed(7, 2, 0x61))).toBe('a')
  expect(asked).toBe(1)
})

it('knows nothing while the registry is away', async () => {
  const away = async () => {
    throw new RegistryUnreachableError('away')
  }
  await expect(new WriterSchemas(directory(away)).prepare([framed(1)])).rejects.toThrow('away')
})

it.each([
  ['the registry does not know schema 1', undefined, framed(1, 2, 0x61)],
  ['schema 1 cannot be used', { type: 'nonsense' }, framed(1, 2, 0x61)],
  ['a value that schema 1 did not write', { type: 'string' }, framed(1, 90)],
  ['a value that no registered schema wrote', { type: 'string' }, Buffer.from('not avro')],
])('passes a record over: %s', async (reason, schema, bytes) => {
  const schemas = new WriterSchemas(directory(async () => schema))
  await schemas.prepare([bytes])
  expect(() => schemas.read(bytes)).toThrow(UnstorableError)
  expect(() => schemas.read(bytes)).toThrow(reason)
})
