import { describe, expect, it } from 'vitest'
import { driveTask, newIdOf, now } from '#core/drive'
import { RejectedError } from '#core/errors'
import { to, wakeAt } from '#core/processor'
import type { ApplicationRegister } from '#ports/application-register'
import type { ApplicationUpdate } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { applicationNotifier } from '#streams/payments/application-notifier'
import { update, url } from '#streams/payments/notifier-samples'
import { unstamped } from '#streams/payments/samples'

const retryWindowMs = 3_600_000
const notifierOf = (register: Partial<ApplicationRegister>, windowMs = retryWindowMs) =>
  driveTask(
    applicationNotifier({
      retryWindowMs: windowMs,
      register: {
        reportOutcome: async () => 'not-waiting',
        findStatus: () => Promise.reject(new Error('never called')),
        ...register,
      },
    }),
  )
const fact = { payment_id: update.payment_id, occurred_at: formatDateTime(now) }
const notified = (application_status: number | null) =>
  to(topics.paymentFacts, { ...fact, type: 'Notified', notified: { url, application_status } })
const refused = (code: string, message: string) =>
  to(topics.paymentFacts, {
    ...fact,
    type: 'ApplicationRefused',
    application_refused: { url, code, message },
  })

describe('application-notifier: a creation that failed', () => {
  const { payment_id } = update
  const failed: ApplicationUpdate = { ...update, status: 'KO', status_code: 'CREATION_FAILED' }
  const held_until = '2025-03-10T11:02:31+01:00'
  const heldBack = { ...failed, held_until }
  const retry: ApplicationUpdate = { ...update, status: 'RETRY', status_code: 'RETRY' }
  const cameOf = (outcome: 'TOLD' | 'RETRIED') =>
    to(topics.failedCreations, { payment_id, outcome })
  const taking = (calls: unknown[], windowMs?: number) =>
    notifierOf(
      {
        reportOutcome: async (_, { status }) => {
          calls.push(status)
          return 'accepted'
        },
      },
      windowMs,
    )
  const unreachable = notifierOf({ reportOutcome: () => Promise.reject(new Error('never called')) })

  it('is told once its window is over, which begins when it was asked for', async () => {
    const later = wakeAt(new Date(held_until), unstamped(heldBack))
    await unreachable.when(failed).emits(later)
    const calls: unknown[] = []
    await taking(calls).when(heldBack).emits(notified(null), cameOf('TOLD'))
    expect(calls).toEqual(['KO'])
  })

  it('is told at once where there is no window', async () => {
    await taking([], 0).when(failed).emits(notified(null), cameOf('TOLD'))
  })

  it('holds no other outcome back', async () => {
    for (const status_code of ['COMPLETE', 'PAYMENT_FAILED']) {
      await taking([])
        .when({ ...update, status_code })
        .emits(notified(null))
    }
  })

  it('is tried again once, before it was told', async () => {
    const task = applicationNotifier({ register: {} as ApplicationRegister, retryWindowMs })
    const retried = { retry_payment_id: newIdOf(task) }
    await unreachable
      .when(retry)
      .emits(to(topics.paymentFacts, { ...fact, type: 'Retried', retried }), cameOf('RETRIED'))
    await unreachable.given(cameOf('RETRIED')).when(retry).emits()
  })

  it('is never told once it is tried again', async () => {
    for (const told of [failed, heldBack]) {
      await unreachable.given(cameOf('RETRIED')).when(told).emits()
    }
  })

  it('is not tried again once it was told, nor where nobody can be told', async () => {
    const retry_refused = {
      code: 'application-told',
      message: 'its application was told that the creation failed, and has ended',
    }
    await unreachable
      .given(cameOf('TOLD'))
      .when(retry)
      .emits(to(topics.paymentFacts, { ...fact, type: 'RetryRefused', retry_refused }))
    const unknown = new RejectedError('core-404', 'the Core refused (404)')
    await notifierOf({ reportOutcome: () => Promise.reject(unknown) })
      .when(heldBack)
      .setsAside(unknown.code, refused(unknown.code, unknown.message), cameOf('TOLD'))
  })

  it('leaves another payment of the application alone', async () => {
    const other = { ...heldBack, payment_id: 'c0ffee00-1111-4222-8333-444455556666' }
    const about = { ...fact, payment_id: other.payment_id }
    await taking([])
      .given(cameOf('RETRIED'))
      .when(other)
      .emits(
        to(topics.paymentFacts, {
          ...about,
          type: 'Notified',
          notified: { url, application_status: null },
        }),
        to(topics.failedCreations, { payment_id: other.payment_id, outcome: 'TOLD' }),
      )
  })
})
