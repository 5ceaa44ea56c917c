import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { anomaly, counts, input, paymentId } from '#core/example-unit'
import { RegistryUnreachableError, type SchemaSource, UnusableSchemaError } from '#core/registry'
import { newWire, UndecodableError, type Wire } from '#core/wire'
import { avroTypeOf } from '#schemas/avro-types'
import { codecOf } from '#schemas/codec'
import { shared, keyedTable } from '#schemas/topic'

const envelope = {
  event_id: paymentId,
  event_version: '1.0',
  event_created_at: '2026-01-15T10:00:00+01:00',
  app_id: 'test:1',
}
const value = { ...anomaly('città'), ...envelope }
const inputId = 7

/** A registry of one schema; what it answers for others is up to the test. */
let others: (id: number) => ReturnType<SchemaSource['findSchema']>
const asked: number[] = []
const registry: SchemaSource = {
  findId: async (subject) => (subject === 'in-value' ? inputId : undefined),
  register: async () => inputId,
  async findSchema(id) {
    asked.push(id)
    return id === inputId ? codecOf(input.schema).type : others(id)
  },
}
let wire: Wire
beforeEach(async () => {
  others = async () => undefined
  asked.splice(0)
  wire = newWire({ format: 'avro', registry, jsonTopics: ['shown'] })
  await wire.prepareWrite([input])
})
afterEach(() => vi.useRealTimers())

const underId = (id: number, bytes = wire.encode(input, value)) => {
  const copy = Buffer.from(bytes)
  copy.writeUInt32BE(id, 1)
  return copy
}
const read = async (bytes: Buffer | null, topic = input) => {
  await wire.prepareRead([bytes])
  return wire.decode(topic, bytes, paymentId)
}

describe('a wire', () => {
  it('reads what it writes: a zero, the id, and Avro', async () => {
    const bytes = wire.encode(input, value)
    expect([...bytes.subarray(0, 5)]).toEqual([0, 0, 0, 0, inputId])
    expect(await read(bytes)).toEqual({ kind: 'value', value })
    expect(asked).toEqual([])
  })

  it('reads plain JSON beside Avro', async () => {
    expect(await read(Buffer.from(JSON.stringify(value)))).toEqual({ kind: 'value', value })
  })

  it('asks once for a schema it has not seen, and reads an older form of the value', async () => {
    const older = { ...codecOf(input.schema).schema, fields: codecOf(input.schema).schema.fields }
    const fields = older.fields.filter(({ name }) => name !== 'transaction_id')
    const type = avroTypeOf({ ...older, fields })
    others = async () => type
    const { transaction_id: _, ...rest } = value
    const bytes = Buffer.concat([Buffer.from([0, 0, 0, 0, 9]), type.toBuffer(rest)])
    expect(await read(bytes)).toEqual({ kind: 'value', value })
    await read(bytes)
    expect(asked).toEqual([9])
  })

  it.each<[string, () => Buffer | null, string]>([
    ['nothing', () => null, 'has no value'],
    ['an empty value', () => Buffer.alloc(0), 'has no value'],
    ['neither Avro nor JSON', () => Buffer.from('hello'), 'neither Avro nor JSON'],
    ['JSON that is cut', () => Buffer.from('{"a":'), 'does not parse'],
    ['a header that is cut', () => Buffer.from([0, 0, 0]), 'ends before its schema id'],
    ['an id the registry does not know', () => underId(9), 'does not know schema 9'],
    ['a version that is none', () => json({ event_version: 'new' }), 'event_version'],
  ])('takes %s for poison', async (_, bytes, reason) => {
    const found = read(bytes())
    await expect(found).rejects.toThrow(reason)
  })
  const json = (more: object) => Buffer.from(JSON.stringify({ ...value, ...more }))

  it('takes a body that is cut or too long for invalid', async () => {
    const bytes = wire.encode(input, value)
    await expect(read(bytes.subarray(0, 30))).rejects.toThrow('ends before')
    await expect(read(Buffer.concat([bytes, bytes]))).rejects.toThrow('bytes after')
  })

  it('T2: discards a version that is not read, which is no error, in JSON whatever its shape', async () => {
    const unsupported = { kind: 'unsupported', version: '3' }
    expect(await read(Buffer.from('{"event_version":"3.1","x":1}'))).toEqual(unsupported)
    expect(await read(wire.encode(input, { ...value, event_version: '3.1' }))).toEqual(unsupported)
  })

  it('knows nothing while the registry is away: that is never poison', async () => {
    others = async () => {
      throw new RegistryUnreachableError('away')
    }
    await expect(wire.prepareRead([underId(9)])).rejects.toThrow(RegistryUnreachableError)
    others = async () => codecOf(input.schema).type
    expect(await read(underId(9))).toEqual({ kind: 'value', value })
  })

  it('believes "no such schema" for a minute, then asks again', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    await expect(read(underId(9))).rejects.toThrow(UndecodableError)
    await expect(read(underId(9))).rejects.toThrow(UndecodableError)
    expect(asked).toEqual([9])
    vi.advanceTimersByTime(60_001)
    others = async () => codecOf(input.schema).type
    expect(await read(underId(9))).toEqual({ kind: 'value', value })
  })

  it('says why a schema the registry knows cannot be used', async () => {
    others = async () => {
      throw new UnusableSchemaError('unknown type: "nonsense"')
    }
    await expect(read(underId(9))).rejects.toThrow('schema 9 cannot be used: unknown type')
    others = async () => codecOf(counts.schema).type
    await expect(read(underId(10))).rejects.toThrow('schema 10 cannot be read as')
  })

  it('does not write a topic whose schema was never registered', async () => {
    await expect(wire.prepareWrite([counts])).rejects.toThrow(
      'the registry has no schema under counts-value: run corrente schemas register',
    )
  })

  it('writes the JSON topics as JSON, and everything without a registry', async () => {
    const shown = shared('shown', input.schema, { key: 'payment_id', version: '1.0' })
    await wire.prepareWrite([shown])
    expect(JSON.parse(String(wire.encode(shown, value)))).toEqual(value)
    const plain = newWire({ format: 'json' })
    await plain.prepareWrite([input, counts])
    expect(JSON.parse(String(plain.encode(input, value)))).toEqual(value)
    await plain.prepareRead([underId(9)])
    expect(() => plain.decode(input, underId(9), paymentId)).toThrow('schema 9 is not known here')
  })

  it('keeps a key that lives outside the value outside it', () => {
    const kept = keyedTable('kept', counts.schema, { key: 'id' })
    const plain = newWire({ format: 'json' })
    const bytes = plain.encode(kept, { id: 'k-1', payment_id: paymentId, status: 'x' })
    expect(String(bytes)).not.toContain('k-1')
    expect(plain.decode(kept, bytes, 'k-1')).toEqual({
      kind: 'value',
      value: { id: 'k-1', payment_id: paymentId, status: 'x' },
    })
  })
})
