import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { PaymentStatus } from '#schemas/generated/types'
import { isFinal, isLegalStep, paymentLifecycle, rankOf } from '#streams/payments/payment-lifecycle'

const states = Object.keys(paymentLifecycle) as PaymentStatus[]
const steps = states.flatMap((from) => states.map((next) => [from, next] as const))
const legal = steps.filter(([from, next]) => isLegalStep(from, next))

describe('payment lifecycle', () => {
  it('has exactly these steps', () => {
    expect(legal.map((step) => step.join(' > ')).sort()).toMatchInlineSnapshot(`
      [
        "CREATION_PENDING > CREATION_FAILED",
        "CREATION_PENDING > PAYMENT_PENDING",
        "PAYMENT_PENDING > CANCELED",
        "PAYMENT_PENDING > COMPLETE",
        "PAYMENT_PENDING > EXPIRED",
        "PAYMENT_PENDING > PAYMENT_STARTED",
        "PAYMENT_STARTED > COMPLETE",
        "PAYMENT_STARTED > EXPIRED",
      ]
    `)
  })

  it('has exactly these final states, out of which no step leads', () => {
    expect(states.filter(isFinal).sort()).toMatchInlineSnapshot(`
      [
        "CANCELED",
        "COMPLETE",
        "CREATION_FAILED",
        "EXPIRED",
        "PAYMENT_FAILED",
      ]
    `)
    expect(legal.filter(([from]) => isFinal(from))).toEqual([])
  })

  it('never leads to a lower or equal rank', () => {
    expect(legal.filter(([from, next]) => rankOf(next) <= rankOf(from))).toEqual([])
  })

  it('is drawn in docs/payments.md', () => {
    // What only others write is beside the drawing.
    const ours = states.filter((state) => legal.flat().includes(state))
    const drawn = [
      'stateDiagram-v2',
      '  [*] --> CREATION_PENDING: asked for here',
      '  [*] --> PAYMENT_PENDING: born elsewhere',
      ...legal.map((step) => `  ${step.join(' --> ')}`),
      ...ours.filter(isFinal).map((state) => `  ${state} --> [*]`),
    ]
    const page = readFileSync('docs/payments.md', 'utf8')
    expect(/```mermaid\n([^`]*)\n```/.exec(page)?.[1]?.split('\n')).toEqual(drawn)
  })
})
