import { LetterLedger } from '#apps/operations/letter-ledger'
import type { OperationsPorts } from '#apps/operations/operations'
import { Samples } from '#apps/operations/samples'
import { allTopics } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { ParkedRows } from '#apps/platform/inspection/parked'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { deadLetterOf } from '#core/redrive'
import { newWire } from '#core/wire'
import { parkedTopic } from '#schemas/engine/unit-topics'

/** What the status app works with, in its own tests: everything is well unless `more` says otherwise. */
export const examplePorts = (more: Partial<OperationsPorts> = {}): OperationsPorts => ({
  units: declaredUnits,
  topics: allTopics,
  metrics: newMetrics(),
  log: silentLog,
  view: () => ({ samples: exampleSamples(), ledgers: exampleLedgers(), problems: [] }),
  processes: async () => [],
  recent: async () => ({ payments: [], anomalies: [] }),
  story: async () => [],
  search: async () => ({ payments: [], rows: 0, isWhole: true, sinceMs: undefined }),
  letter: async () => undefined,
  decide: async () => ({ decided: [], refused: [], leftOut: 0 }),
  release: async () => [],
  audit: async () => [],
  configurations: async () => [],
  warnings: [],
  signIn: undefined,
  trustedProxies: [],
  ...more,
})

/** Two samples: a thousand offsets in five seconds on each topic, all of them handled. */
export function exampleSamples(): Samples {
  const samples = new Samples()
  for (const [atMs, end] of [
    [0, 0],
    [5_000, 1_000],
  ] as const) {
    const units = declaredUnits.map(({ name, input }) => {
      const place = { topic: input.name, partition: 0, beginning: 0 }
      return {
        unit: name,
        members: 1,
        lag: 0,
        partitions: [{ ...place, committed: end, end, lag: 0 }],
      }
    })
    samples.add({ atMs, units, ends: new Map(allTopics.map(({ name }) => [name, end])) })
  }
  return samples
}

/** Ledgers with the given dead letters of the dispatcher, and one parked key of the opener. */
export function exampleLedgers(errors: readonly string[] = []) {
  const letters = new LetterLedger()
  errors.forEach((error, offset) => letters.note(exampleLetter(error, offset)))
  const rows = new ParkedRows('debt-position-opener')
  const topic = parkedTopic(rows.unit)
  const place = 'payment-1/000000000001'
  const wire = newWire({ format: 'json' })
  const value = wire.encode(topic, {
    place,
    order_key: 'payment-1',
    sequence: 1,
    party: 'examplepay',
    attempts: 3,
    error: 'answered 503',
    first_tried_at: 0,
    parked_at: 0,
    due_at: 60_000,
    record: { ...original, headers: [] },
  })
  rows.note(wire, { ...original, key: place, value, headers: {} })
  return { letters, parked: [rows] }
}

const original = {
  topic: 'payment.openings',
  partition: 0,
  offset: 7,
  timestamp: 0,
  key: 'payment-1',
  value: Buffer.from('a person'),
}

/** A dead letter of the dispatcher. */
export const exampleLetter = (error: string, offset = 0) =>
  deadLetterOf('payment-dispatcher', {
    ...original,
    topic: 'payment-dispatcher.dlq',
    offset,
    headers: {
      'dlq.topic': 'applications',
      'dlq.partition': '0',
      'dlq.offset': '41',
      'dlq.error': error,
      'dlq.message': 'a person has no tax code',
    },
  })
