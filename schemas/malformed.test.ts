import { expect, it } from 'vitest'
import { codecOf } from '#schemas/codec'
import { readSample } from '#schemas/samples/sample'
import { applications, payments } from '#schemas/topics'
import { InvalidValueError } from '#schemas/values/invalid-value'

const seedOf = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}
const leaves = [null, true, 0, -1, 1.5, 1e300, '', 'x', '42,50', '2.0', 'EUR', '[]', '__proto__']

function junk(random: () => number, depth = 0): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const kind = depth > 3 ? 0 : random()
  if (kind < 0.5) return pick(leaves)
  const items = Array.from({ length: Math.floor(random() * 4) }, () => junk(random, depth + 1))
  const names = ['url', 'code', 'amount', 'meta', '__proto__', 'constructor', 'toString']
  return kind < 0.7 ? items : Object.fromEntries(items.map((item) => [pick(names), item]))
}

function damaged(json: unknown, random: () => number): unknown {
  if (random() < 0.03) return junk(random)
  if (Array.isArray(json)) return json.map((item) => damaged(item, random))
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(
    Object.entries(json)
      .filter(() => random() > 0.01)
      .map(([name, member]) => [name, damaged(member, random)]),
  )
}

it.each([
  [payments, 'payment-complete'],
  [applications, 'application'],
] as const)('T13: whatever comes on $name is a value or an InvalidValueError', (topic, sample) => {
  const random = seedOf(7)
  const good = readSample(sample)
  const codec = codecOf(topic.schema)
  let accepted = 0
  for (let i = 0; i < 2_000; i++) {
    const json = i % 4 === 0 ? junk(random) : damaged(good, random)
    try {
      const value = codec.fromJson(topic.normalise(json))
      expect(codec.decode(codec.encode(value as never))).toEqual(value)
      expect(codec.fromJson(topic.normalise(codec.toJson(value as never)))).toEqual(value)
      accepted += 1
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error
    }
  }
  expect(accepted).toBeGreaterThan(100)
})
