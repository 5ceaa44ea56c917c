import { describe, expect, it } from 'vitest'
import { newWaits } from '#apps/platform/waits'

describe('waits', () => {
  it('tells what waits and for what, until it goes on', () => {
    const logged: object[] = []
    const waits = newWaits({ warn: (fields) => void logged.push(fields) })
    waits.note('payments.current', 'the registry is away')
    waits.note('payments.current', 'the registry is away')
    waits.note('payment.facts', 'the registry is away')
    expect(waits.sentences()).toEqual([
      'payments.current waits: the registry is away',
      'payment.facts waits: the registry is away',
    ])
    expect(logged).toEqual([
      { what: 'payments.current', reason: 'the registry is away' },
      { what: 'payment.facts', reason: 'the registry is away' },
    ])
    waits.note('payments.current', undefined)
    waits.note('payments.current', undefined)
    expect(waits.sentences()).toEqual(['payment.facts waits: the registry is away'])
  })
})
