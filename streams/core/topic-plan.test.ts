import { describe, expect, it } from 'vitest'
import { counts, echo, input, output, tenants } from '#core/example-unit'
import { topicPlan } from '#core/topic-plan'
import { copyAgeMsMax } from '#core/verdict'
import { commands, shared } from '#schemas/topic'

const asked = commands('asked', input.schema, { key: 'payment_id' })
const kept = commands('kept', input.schema, { key: 'payment_id', isKept: true })
const outside = shared('outside', input.schema, { key: 'payment_id', partitions: 12 })
const plan = topicPlan([input, output, counts, tenants, asked, kept, outside], [echo])
const of = (name: string) => plan.find((topic) => topic.name === name)!

describe('topicPlan', () => {
  it('lays state and dead letters under the partitions of the input, as many as it has', () => {
    expect(of('counts').partitions).toEqual({ as: 'in' })
    expect(of('echo.dlq')).toMatchObject({ partitions: { as: 'in' }, kind: 'dead-letters' })
    expect([of('in').partitions, of('outside').partitions]).toEqual([6, 12])
  })

  it('keeps events, compacts rows, and forgets commands after a week', () => {
    expect(of('in').config).toMatchObject({ 'cleanup.policy': 'delete', 'retention.ms': '-1' })
    expect(of('asked').config['retention.ms']).toBe('604800000')
    expect(of('kept').config).toEqual(of('in').config)
    expect(of('counts').config['cleanup.policy']).toBe('compact')
    // Removals are kept for twice as long as a copy of the changelog may lag.
    expect(Number(of('counts').config['delete.retention.ms'])).toBe(2 * copyAgeMsMax)
    expect(of('tenants').config['cleanup.policy']).toBe('compact')
    expect(of('echo.dlq').config).toMatchObject({ 'retention.ms': '-1' })
  })

  it('has one clock, and room for a dead letter of the largest record', () => {
    for (const { config } of plan) expect(config['message.timestamp.type']).toBe('LogAppendTime')
    expect(Number(of('echo.dlq').config['max.message.bytes'])).toBeGreaterThan(
      Number(of('in').config['max.message.bytes']) + 100_000,
    )
  })
})
