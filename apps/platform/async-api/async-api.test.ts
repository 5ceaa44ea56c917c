import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { asyncApi } from '#apps/platform/async-api/async-api'
import { topicCatalog } from '#apps/platform/async-api/topic-catalog'
import { topicParties } from '#apps/platform/async-api/topic-parties'
import { toYaml } from '#apps/platform/async-api/yaml'
import { allTopics, platformPlan, registeredTopics } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { edges } from '#apps/platform/edges'
import { avroTypeOf } from '#schemas/avro-types'
import { codecOf } from '#schemas/codec'

const require = createRequire(import.meta.url)
const official = require('@asyncapi/specs/schemas/3.0.0-without-$id.json') as object
const document = asyncApi(declaredUnits)

interface Operation {
  readonly action: 'send' | 'receive'
  readonly channel: { readonly $ref: string }
  readonly messages: readonly { readonly $ref: string }[]
  readonly tags: readonly { readonly name: string }[]
  readonly bindings?: object
}
const operations = Object.values(document.operations) as readonly Operation[]
const at = (pointer: string) =>
  pointer
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, name) => (value as Record<string, unknown>)?.[name], document)

describe('the document of all topics', () => {
  it('is AsyncAPI 3.0 as its official schema has it', () => {
    const ajv = new Ajv({ strict: false, allErrors: true })
    addFormats.default(ajv)
    const validate = ajv.compile(official)
    expect(validate(document) ? [] : validate.errors).toEqual([])
    expect(validate({ ...document, channels: { x: { adress: 'x' } } })).toBe(false)
  })

  it('has a channel for each declared topic, and for each kind that the engine keeps', () => {
    const { channels } = document as { channels: Record<string, { address: string }> }
    const names = allTopics.map(({ name }) => name)
    const kinds = ['dlq', 'redrive', 'parked', 'timers'].map((kind) => `unit.${kind}`)
    expect(Object.keys(channels).sort()).toEqual([...names, ...kinds].sort())
    for (const name of names) expect(channels[name]).toMatchObject({ address: name })
  })

  it('has all topics of the plan, and no others', () => {
    const channels = Object.values(document.channels) as readonly {
      readonly address: string
      readonly parameters?: { readonly unit: { readonly enum: readonly string[] } }
    }[]
    const addresses = channels.flatMap(({ address, parameters }) =>
      parameters ? parameters.unit.enum.map((unit) => address.replace('{unit}', unit)) : [address],
    )
    const planned = platformPlan(declaredUnits).map(({ name }) => name)
    expect(addresses.sort()).toEqual(planned.sort())
  })

  it('has the schema of each topic as the registry gets it', () => {
    for (const { name, schema } of registeredTopics(declaredUnits)) {
      const own = name.replace(/^.*\.(parked|timers)$/, 'unit.$1')
      const { payload } = document.components.messages[own] as { payload: { schema: object } }
      expect(payload.schema).toEqual(codecOf(schema).schema)
      expect(() => avroTypeOf(payload.schema)).not.toThrow()
    }
  })

  it('refers to nothing that is not there', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to!)
    expect(refs.length).toBeGreaterThan(300)
    expect(refs.filter((pointer) => at(pointer) === undefined)).toEqual([])
  })

  it('has a group for what a unit reads in turn, and none for what each process reads whole', () => {
    const groups = operations.filter(({ bindings }) => bindings)
    expect(groups.map(({ tags }) => tags[0]!.name).sort()).toEqual(
      declaredUnits.map(({ name }) => name).sort(),
    )
  })

  it('says whom each field is about that is about somebody', () => {
    const message = document.components.messages['payments'] as {
      readonly 'x-data-class': Readonly<Record<string, string>>
    }
    expect(message['x-data-class']).toMatchObject({ reason: 'personal', 'payer.name': 'personal' })
    expect(message['x-data-class']).not.toHaveProperty('status')
  })

  it('names no host, and no party twice for the same thing', () => {
    expect(JSON.stringify(document)).not.toMatch(/localhost|127\.0\.0\.1/)
    const count = topicCatalog(declaredUnits).reduce(
      (sum, { writers, readers }) => sum + writers.length + readers.length,
      0,
    )
    expect(operations).toHaveLength(count)
  })
})

describe('who writes and who reads', () => {
  const catalog = topicCatalog(declaredUnits)

  it('is known of every topic', () => {
    const silent = catalog.filter(({ writers, readers }) => !writers.length || !readers.length)
    expect(silent.map(({ topic }) => topic.name)).toEqual([])
  })

  it('has what every unit and every app declares', () => {
    const reading = (name: string) =>
      catalog.flatMap(({ topic, readers }) =>
        readers.some((party) => party.name === name) ? [topic.name] : [],
      )
    for (const { name, input, lookups = {} } of declaredUnits) {
      const names = [input, ...Object.values(lookups)].map((topic) => topic.name)
      expect(reading(name)).toEqual(expect.arrayContaining(names))
    }
    for (const { name, inputs = [], lookups } of edges) {
      const names = [...inputs, ...Object.values(lookups)].map((topic) => topic.name)
      expect(reading(name)).toEqual(expect.arrayContaining(names))
    }
  })

  it('is told by hand only of topics that there are', () => {
    const names = allTopics.map(({ name }) => name)
    expect(Object.keys(topicParties).filter((name) => !names.includes(name))).toEqual([])
  })
})

it('is committed as it is: corrente asyncapi > docs/asyncapi.yaml', () => {
  const committed = readFileSync('docs/asyncapi.yaml', 'utf8')
  expect(committed === toYaml(document)).toBe(true)
  expect(parse(committed)).toEqual(JSON.parse(JSON.stringify(document)))
})
