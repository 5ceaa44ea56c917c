import {
  exampleLedgers,
  exampleLetter,
  examplePorts,
  exampleSamples,
} from '#apps/operations/example-ports'
import type { OperationsPorts } from '#apps/operations/operations'

/** What somebody writes where a person reads it, hoping for a browser that runs it. */
export const hostile = `<script>document.title='ran'</script><img src=x onerror="document.title='ran'">"'><b>`

const id = '0b1e9f0a-6d0b-4f0a-9a54-3f4d3e0c1a11'
const createdAt = '2026-01-15T10:00:00+01:00'

/** A process that tells of a unit and a circuit. */
const process = {
  url: 'http://worker:8001',
  app: 'worker',
  version: hostile,
  problems: [hostile],
  units: [{ unit: 'payment-keeper', state: 'stopped', reason: hostile }],
  circuits: [
    {
      unit: 'debt-position-opener',
      party: hostile,
      state: 'open',
      sinceMs: 0,
      reason: hostile,
    },
  ],
} as const

const found = {
  id,
  status: 'COMPLETE',
  tenant: id,
  amountCents: 4_250,
  noticeCode: '301000000000000042',
  createdAt,
  changedAtMs: 0,
}

const shown = {
  at: '',
  time: '',
  key: hostile,
  headers: { [hostile]: hostile },
  bytes: 9,
  value: { reason: hostile },
}

const operation = {
  id,
  atMs: 0,
  action: 'redrive',
  operator: hostile,
  via: 'page',
  reason: hostile,
  unit: 'payment-dispatcher',
  selection: hostile,
  subjects: ['payment-dispatcher.dlq@0:0', hostile],
}

const configuration = {
  level: 'TENANT',
  connector: hostile,
  id,
  tenant: id,
  version: 1,
  isActive: true,
  updatedAt: createdAt,
  state: 'invalid',
  faults: [{ pointer: `/${hostile}`, detail: 'is no member of this form' }],
} as const

/** The app with something on each page, and what outsiders have written in every place of it that shows a text. */
export const hostilePorts = (more: Partial<OperationsPorts> = {}): OperationsPorts => {
  const ledgers = exampleLedgers([hostile, 'no-tax-code'])
  const letter = exampleLetter(hostile)
  return examplePorts({
    view: () => ({ samples: exampleSamples(), ledgers, problems: [hostile] }),
    processes: async () => [process],
    recent: async () => ({
      payments: [{ id, status: 'COMPLETE', amountCents: 4_250, createdAt, changedAtMs: 0 }],
      anomalies: [{ paymentId: id, kind: hostile, amountCents: null, atMs: 0 }],
    }),
    story: async () => [
      { at: 'payments@2:5', timestamp: 0, what: hostile, by: hostile, payment: paymentOf(hostile) },
    ],
    search: async () => ({ payments: [found], rows: 1, isWhole: true, sinceMs: 0 }),
    letter: async () => ({ letter, decision: undefined, shown }),
    decide: async () => ({
      decided: ['payment-dispatcher.dlq@0:0'],
      refused: [{ place: 'payment-dispatcher.dlq@0:1', reason: hostile }],
      leftOut: 0,
    }),
    release: async () => ledgers.parked[0]!.keys(),
    audit: async () => [operation],
    configurations: async () => [configuration],
    warnings: [hostile],
    ...more,
  })
}

/** A payment whose reason is that; only what a page may look at. */
const paymentOf = (reason: string) =>
  ({
    id,
    remote_id: id,
    tenant_id: id,
    service_id: id,
    status: 'COMPLETE',
    reason,
    payment: { amount: 4_250, notice_code: null, iuv: null, expire_at: null },
  }) as never

/** Every page there is, with something on it. */
export const everyPage = [
  '/',
  '/payments',
  `/payments?tenant=${id}`,
  `/payments/${id}`,
  '/dead-letters',
  '/dead-letters?unit=payment-dispatcher',
  '/dead-letters/payment-dispatcher/0/0',
  '/dead-letters/decide?unit=payment-dispatcher&action=redriven',
  '/dead-letters/decide?unit=payment-dispatcher&action=dropped&error=x',
  '/parked',
  '/parked/release?unit=debt-position-opener&key=payment-1',
  '/circuits',
  '/lag',
  '/lag?unit=payment-keeper',
  '/configuration',
  '/audit',
  '/nothing',
] as const
