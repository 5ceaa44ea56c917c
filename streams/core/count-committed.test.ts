import { describe, expect, it } from 'vitest'
import { committedCounter } from '#core/count-committed'
import { RejectedError } from '#core/errors'
import { recordOf } from '#core/example-unit'
import type { Outcome } from '#core/handle-record'
import { newMetrics } from '#core/metrics'

const outcome = (given: Partial<Outcome> = {}): Outcome => ({
  emissions: [],
  isBug: false,
  attempts: 1,
  lookedUp: [],
  ...given,
})
const emission = { topic: 'out', key: 'k', value: {} }
const handled = (given?: Partial<Outcome>) => {
  const record = { ...recordOf(null), timestamp: Date.now() - 2_000 }
  const item = { record, value: {} }
  return { partition: 0, item, outcome: outcome(given), outputs: [], rows: [] }
}

describe('what a unit has committed', () => {
  it('is counted by what became of it, with the time since it was written', async () => {
    const metrics = newMetrics()
    const told: string[] = []
    const note = (_: object, event: string) => void told.push(event)
    const count = committedCounter('echo', metrics, {
      debug: note,
      info: note,
      warn: note,
      error: note,
    })
    const cause = new RejectedError('no-tax-code', 'the applicant has none')
    count([handled(), handled({ emissions: [emission] }), handled({ attempts: 0 })])
    count([handled({ cause })])

    const text = await metrics.registry.metrics()
    expect(text).toContain('corrente_records_total{unit="echo",outcome="done"} 2')
    expect(text).toContain('corrente_records_total{unit="echo",outcome="discarded"} 1')
    expect(text).toContain('corrente_records_total{unit="echo",outcome="dead-letter"} 1')
    expect(text).toContain('corrente_dead_letters_total{unit="echo",error="no-tax-code"} 1')
    expect(text).toContain('corrente_end_to_end_seconds_bucket{le="1",unit="echo"} 0')
    expect(text).toContain('corrente_end_to_end_seconds_bucket{le="5",unit="echo"} 4')
    expect(told).toEqual(['handled', 'dead letter'])
  })

  it('is counted by error in so many series at most, whatever codes an outside party makes up', async () => {
    const metrics = newMetrics()
    const mute = () => undefined
    const log = { debug: mute, info: mute, warn: mute, error: mute }
    const count = committedCounter('echo', metrics, log)
    for (let n = 0; n < 1_000; n++) {
      count([handled({ cause: new RejectedError(`bank-${n}`, 'the bank says so') })])
    }
    const { values } = await metrics.deadLetters.get()
    expect(values).toHaveLength(51)
    expect(values.find(({ labels }) => labels.error === 'other')?.value).toBe(950)
  })
})
