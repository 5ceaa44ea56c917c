import { describe, expect, it } from 'vitest'
import { driveTask, now } from '#core/drive'
import { RejectedError, TransientError } from '#core/errors'
import { to } from '#core/processor'
import type { ApplicationRegister } from '#ports/application-register'
import type { ApplicationUpdate } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { applicationNotifier } from '#streams/payments/application-notifier'

const application = 'https://servizi.comune.example/lang/api/applications/1'
const url = `${application}/payment`
const update: ApplicationUpdate = {
  application_id: 'c1d7b0f4-3a55-4f3e-8b0a-6a2f5f9e0a21',
  payment_id: '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11',
  tenant_id: 'a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60',
  status: 'OK',
  status_code: 'COMPLETE',
  status_message: 'the payment is complete',
  notify_url: url,
  notify_method: 'POST',
  transaction_id: 'TRX-EXAMPLE-0001',
  held_until: null,
  event_id: 'd3f4b7a9-2c1e-4b55-8f60-9e7a1b2c3d04',
  event_version: '1.0',
  event_created_at: '2025-03-10T10:02:31+01:00',
  app_id: 'payment-updater:0.1.0',
}
const notifierOf = (register: Partial<ApplicationRegister>) =>
  driveTask(
    applicationNotifier({
      retryWindowMs: 3_600_000,
      register: {
        reportOutcome: async () => 'not-waiting',
        findStatus: () => Promise.reject(new Error('never called')),
        ...register,
      },
    }),
  )
const inStatus = (status: number) => notifierOf({ findStatus: async () => status })
const fact = { payment_id: update.payment_id, occurred_at: formatDateTime(now) }
const notified = (application_status: number | null) =>
  to(topics.paymentFacts, { ...fact, type: 'Notified', notified: { url, application_status } })
const refused = (code: string, message: string) =>
  to(topics.paymentFacts, {
    ...fact,
    type: 'ApplicationRefused',
    application_refused: { url, code, message },
  })

describe('application-notifier', () => {
  it('reports that the application took the outcome', async () => {
    const asked: unknown[] = []
    const reportOutcome: ApplicationRegister['reportOutcome'] = async (...call) => {
      asked.push(call[0], call[1])
      return 'accepted'
    }
    await notifierOf({ reportOutcome }).when(update).emits(notified(null))
    const { status, status_code, status_message, payment_id, transaction_id } = update
    const data = { payment_id, transaction_id }
    expect(asked).toEqual([url, { status, status_code, status_message, data }])
  })

  it('asks the application itself where it is not waiting', async () => {
    const asked: string[] = []
    const findStatus: ApplicationRegister['findStatus'] = async (at) => {
      asked.push(at)
      return 2000
    }
    await notifierOf({ findStatus }).when(update).emits(notified(2000))
    expect(asked).toEqual([application])
  })

  const matrix = [
    ['OK', 'done', [1520, 1900, 2000, 3000, 4000, 4100, 4500, 5000, 6000, 7000]],
    ['OK', 'refused', [1530, 8000, 9000, 20_000, 50_000]],
    ['OK', 'waiting', [1000, 1400, 1500, 1510, 1899, 7001]],
    ['KO', 'done', [1530]],
    ['KO', 'refused', [1520, 1900, 2000, 7000, 8000, 9000, 20_000, 50_000]],
    ['KO', 'waiting', [1000, 1400, 1500, 1510]],
  ] as const
  const cases = matrix.flatMap(([status, judgement, statuses]) =>
    statuses.map((application_status) => ({ status, judgement, application_status })),
  )

  it.each(cases)('$status in $application_status is $judgement', async (given) => {
    const { status, judgement, application_status } = given
    const task = inStatus(application_status).when({ ...update, status })
    if (judgement === 'done') return task.emits(notified(application_status))
    if (judgement === 'waiting') return task.waits()
    const message = `the application is in status ${application_status}, which takes no ${status}`
    return task.setsAside('application-refused', refused('application-refused', message))
  })

  it('sets aside what the register rejects, and reports it', async () => {
    const unknown = new RejectedError(
      'unknown-application',
      'the register knows no such application',
    )
    const emission = refused(unknown.code, unknown.message)
    await notifierOf({ reportOutcome: () => Promise.reject(unknown) })
      .when(update)
      .setsAside(unknown.code, emission)
    await notifierOf({ findStatus: () => Promise.reject(unknown) })
      .when(update)
      .setsAside(unknown.code, emission)
  })

  it('tries again when the register does not answer', async () => {
    const down = () => Promise.reject(new TransientError('no answer'))
    await notifierOf({ reportOutcome: down }).when(update).waits()
    await notifierOf({ findStatus: down }).when(update).waits()
  })
})
