import { describe, expect, it } from 'vitest'
import { driveTask, now } from '#core/drive'
import { RejectedError, TransientError } from '#core/errors'
import { to } from '#core/processor'
import type { ApplicationRegister } from '#ports/application-register'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { applicationNotifier } from '#streams/payments/application-notifier'
import { application, update, url } from '#streams/payments/notifier-samples'

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
