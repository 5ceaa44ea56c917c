import { describe, expect, it } from 'vitest'
import { centsOf, keyNumberOf, keyOf } from '#tests/bench/engine/bench-events'
import { OutputsCheck } from '#tests/soak/engine/check-outputs'
import type { Seen } from '#tests/soak/engine/read-topic'
import type { Found } from '#tests/soak/engine/scenario'

const keys = 10
const sent = 30

/** The outputs as they are where every promise is kept: each key has every tenth event. */
const right = () =>
  Array.from({ length: sent }, (_, sequence): Seen => {
    const key = keyOf(keyNumberOf(sequence, keys))
    const count = Math.floor(sequence / keys) + 1
    const before = Array.from({ length: count }, (__, n) => centsOf((sequence % keys) + n * keys))
    const cents = before.reduce((sum, one) => sum + one, 0)
    const amount = Buffer.alloc(4)
    amount.writeInt32BE(cents)
    const value = {
      payment_id: key,
      message: `${sequence} and words`,
      transaction_id: `${sequence % 3}/${sequence}`,
      app_id: 'unit:1.0.0',
      connector: String(count),
      amount,
    }
    return { partition: sequence % 3, offset: sequence, key, value, at: 0 }
  })

const judged = (outputs: readonly Seen[]) => {
  const check = new OutputsCheck({ kind: 'stateful', sent, keys })
  for (const output of outputs) check.add(output)
  return check.found('unit')
}
const sentences = (found: readonly Found[]) => found.flatMap(({ violations }) => violations)
const changed = (seen: Seen, members: object): Seen => ({
  ...seen,
  value: { ...seen.value, ...members },
})

describe('the check of outputs', () => {
  it('finds nothing where all is right', () => {
    expect(sentences(judged(right()))).toEqual([])
  })

  it('finds an event without an output', () => {
    const outputs = right().filter((_, n) => n !== 29)
    expect(sentences(judged(outputs))).toEqual(['1 events have no output, the first is 29'])
  })

  it('finds an output that comes twice', () => {
    const outputs = right()
    expect(sentences(judged([...outputs, outputs[29]!]))).toEqual(['event 29 has two outputs'])
  })

  it('tells apart what comes twice because the broker left the first undecided, and once only', () => {
    const isUndecided = (_: number, offset: number) => offset === 29
    const check = new OutputsCheck({ kind: 'stateful', sent, keys, isUndecided })
    const again = { ...right()[29]!, offset: 30 }
    for (const output of [...right(), again]) check.add(output)
    expect(sentences(check.found('unit'))).toEqual([])
    expect([check.doubledByBroker, check.isDoubledByBroker(29)]).toEqual([1, true])
    check.add({ ...again, offset: 31 })
    expect(sentences(check.found('unit'))).toEqual(['event 29 has two outputs'])
  })

  it('finds one input with the outputs of two events', () => {
    const outputs = right()
    outputs[29] = changed(outputs[29]!, { transaction_id: '0/0' })
    expect(sentences(judged(outputs))).toContain('the input 0/0 has two outputs')
  })

  it('finds an output of nothing that was sent, and one under another key', () => {
    const outputs = right()
    const strange = changed(outputs[0]!, { message: '30 and words', transaction_id: '9/9' })
    const elsewhere = { ...outputs[29]!, key: keyOf(3) }
    expect(sentences(judged([...outputs.slice(0, 29), elsewhere, strange]))).toEqual([
      `output of event 29 lies under ${keyOf(3)}, not ${keyOf(keyNumberOf(29, keys))}`,
      'an output of 9/9 comes of nothing that was sent',
    ])
  })

  it('finds two events of a key in the wrong order', () => {
    const outputs = right()
    const turned = [...outputs.slice(0, 9), ...outputs.slice(10, 20), outputs[9]!]
    const found = judged([...turned, ...outputs.slice(20)])
    expect(sentences(found)).toContain(`event 19 of key ${keyNumberOf(9, keys)} follows event -1`)
  })

  it('finds a state that missed an input, and one that is of another sum', () => {
    const outputs = right()
    outputs[28] = changed(outputs[28]!, { connector: '2' })
    outputs[29] = changed(outputs[29]!, { amount: Buffer.from([1]) })
    expect(judged(outputs)[2]?.violations).toHaveLength(2)
  })

  it('counts how often a partition changes its owner', () => {
    const check = new OutputsCheck({ kind: 'stateless', sent, keys })
    for (const [n, output] of right().entries()) {
      check.add(n < 15 ? output : changed(output, { app_id: 'unit:2.1.0' }))
    }
    expect(check.ownerChanges).toBe(3)
    expect(check.writerOf(29)).toBe('unit:2.1.0')
  })
})
