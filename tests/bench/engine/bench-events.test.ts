import { describe, expect, it } from 'vitest'
import {
  benchEvent,
  eventBytes,
  keyNumberOf,
  keyOf,
  rowCounts,
  rowText,
  sequenceOf,
} from '#tests/bench/engine/bench-events'
import { codecOf } from '#schemas/codec'

const anomalies = codecOf('corrente.payments.PaymentAnomaly')

describe('an event of a load', () => {
  const sequence = 123_456
  const bytes = eventBytes(7, benchEvent(sequence, keyOf(3)))

  it('is one the engine reads, about 240 bytes long, after the five bytes of the registry', () => {
    expect(bytes.readUInt32BE(1)).toBe(7)
    expect(anomalies.decode(bytes, 5)).toEqual(benchEvent(sequence, keyOf(3)))
    expect(bytes.length).toBeGreaterThan(230)
    expect(bytes.length).toBeLessThan(260)
  })

  it('tells its number', () => {
    expect(sequenceOf(benchEvent(sequence, keyOf(3)).message)).toBe(sequence)
  })
})

it.each([10_000, 25_000, 100_000])('each of %i keys comes once before any comes again', (keys) => {
  const seen = new Set(Array.from({ length: keys }, (_, n) => keyNumberOf(n, keys)))
  expect(seen.size).toBe(keys)
  expect(keyNumberOf(keys, keys)).toBe(keyNumberOf(0, keys))
})

it('keys are different, and UUIDs in lower case', () => {
  const keys = Array.from({ length: 1_000 }, (_, n) => keyOf(n * 997))
  expect(new Set(keys).size).toBe(keys.length)
  for (const key of keys) expect(key).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
})

describe('a row of state', () => {
  it('gives back what it counts', () => {
    const text = rowText(3, 312, '17 words')
    expect(rowCounts(text)).toEqual({ count: 3, cents: 312 })
    expect(text.length).toBeGreaterThan(120)
  })

  it('that is not there counts from zero', () => {
    expect(rowCounts(undefined)).toEqual({ count: 0, cents: 0 })
  })
})
