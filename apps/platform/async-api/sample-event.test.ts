import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { plainJsonSchema } from '#apps/platform/async-api/plain-json-schema'
import { sampleEvent } from '#apps/platform/async-api/sample-event'
import { registeredTopics } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { codecOf } from '#schemas/codec'
import { readSample } from '#schemas/samples/sample'
import { applications, payments, users } from '#schemas/topics'

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
const faultsOf = (schema: object, value: unknown) => (ajv.validate(schema, value) ? [] : ajv.errors)

describe.each(registeredTopics(declaredUnits))('a made-up value of $name', (topic) => {
  const codec = codecOf(topic.schema)
  const sample = sampleEvent(topic)

  it('is read, survives Avro, and is what the schema of its plain JSON says', () => {
    const value = codec.fromJson(topic.normalise(sample))
    const back = codec.decode(codec.encode(value))
    expect(codec.toJson(back)).toEqual(codec.toJson(value))
    expect(faultsOf(plainJsonSchema(codec.schema), sample)).toEqual([])
    expect(faultsOf(plainJsonSchema(codec.schema), codec.toJson(value))).toEqual([])
  })
})

describe('the schema of plain JSON', () => {
  it.each([
    { topic: applications, name: 'application' as const },
    { topic: payments, name: 'payment-pending' as const },
    { topic: users, name: 'user' as const },
  ])('allows what others write to $topic.name, once it is mended', ({ topic, name }) => {
    const schema = plainJsonSchema(codecOf(topic.schema).schema)
    expect(faultsOf(schema, topic.normalise(readSample(name)))).toEqual([])
  })

  it('refuses what the platform refuses: a missing member, a word that is none, a wrong type', () => {
    const schema = plainJsonSchema(codecOf(payments.schema).schema)
    const sample = sampleEvent(payments) as object
    for (const change of [{ id: undefined }, { status: 'PAID' }, { tenant_id: 7 }]) {
      const changed = JSON.parse(JSON.stringify({ ...sample, ...change })) as unknown
      expect(faultsOf(schema, changed)).toHaveLength(1)
      expect(() => codecOf(payments.schema).fromJson(changed)).toThrow()
    }
  })
})
