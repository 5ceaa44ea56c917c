import { describe, expect, it } from 'vitest'
import { isAbout, letterEvent } from '#apps/platform/inspection/story-letters'
import { deadLetterOf } from '#core/redrive'
import { newWire } from '#core/wire'
import { readSample } from '#schemas/samples/sample'

const wire = newWire({ format: 'json' })
const payment = readSample('payment-creation-pending') as { id: string; remote_id: string }
const letter = (key: string, value: Buffer | null, topic = 'payments') =>
  deadLetterOf('payment-intake', {
    topic: 'payment-intake.dlq',
    partition: 1,
    offset: 7,
    key,
    value,
    timestamp: 5,
    headers: { 'dlq.topic': topic, 'dlq.error': 'TypeError' },
  })
const whole = Buffer.from(JSON.stringify(payment))

describe('a dead letter', () => {
  it('is of a story by what its original says, also where its key is another', () => {
    expect(isAbout(wire, letter('service', whole), new Set([payment.id]))).toBe(true)
    expect(isAbout(wire, letter('service', whole), new Set([payment.remote_id]))).toBe(true)
    expect(isAbout(wire, letter('service', whole), new Set(['another']))).toBe(false)
  })

  it('is of a story by its key, also where it cannot be read', () => {
    expect(isAbout(wire, letter('p-1', Buffer.from('?')), new Set(['p-1']))).toBe(true)
    expect(isAbout(wire, letter('service', Buffer.from('?')), new Set(['p-1']))).toBe(false)
    expect(isAbout(wire, letter('service', whole, 'unknown'), new Set([payment.id]))).toBe(false)
  })

  it('is told with where it lies, and what is to be done or was decided', () => {
    const told = { letter: letter('p-1', null), decision: undefined }
    expect(letterEvent(told)).toMatchObject({
      at: 'payment-intake.dlq@1:7',
      what: 'set aside: TypeError, nobody has decided on it: corrente dlq show payment-intake.dlq@1:7',
      by: 'payment-intake',
    })
    const dropped = {
      action: 'dropped',
      at: '2026-01-15T10:00:00Z',
      operator: null,
      reason: 'r',
    } as const
    expect(letterEvent({ ...told, decision: dropped }).what).toBe(
      'set aside: TypeError, dropped at 2026-01-15T10:00:00Z',
    )
  })
})
