import { describe, expect, it } from 'vitest'
import { begunOperation, type Operation } from '#apps/platform/operating/operation'
import { newWire } from '#core/wire'

const operation: Operation = {
  action: 'drop',
  operator: { name: 'ada', from: 'page' },
  reason: 'a test',
  unit: 'payment-dispatcher',
  selection: 'error no-tax-code',
}
const valueOf = ({ value }: { readonly value: Buffer | null }) =>
  JSON.parse(String(value)) as Record<string, unknown>

describe('an operation', () => {
  const note = begunOperation(newWire({ format: 'json' }), operation)

  it('says who did what to what, when, from where and why', () => {
    expect(valueOf(note(['payment-dispatcher.dlq@2:5']))).toMatchObject({
      action: 'drop',
      operator: 'ada',
      via: 'page',
      reason: 'a test',
      unit: 'payment-dispatcher',
      selection: 'error no-tax-code',
      subjects: ['payment-dispatcher.dlq@2:5'],
      at: expect.stringMatching(/^\d{4}-/) as string,
    })
  })

  it('has one identity in all its transactions, and nobody in its key', () => {
    const [one, other] = [note(['a']), note(['b'])]
    expect(one.key).toBe(other.key)
    expect(valueOf(one)['operation_id']).toBe(one.key)
    expect(one.key).not.toContain('ada')
    expect(valueOf(one)['event_id']).not.toBe(valueOf(other)['event_id'])
  })
})
