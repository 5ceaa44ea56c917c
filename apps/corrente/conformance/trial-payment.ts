import { randomUUID } from 'node:crypto'
import type { Json } from '#apps/corrente/conformance/observed'
import type { Plan } from '#apps/corrente/conformance/plan'
import { appVersion } from '#core/version'
import { formatDateTime } from '#schemas/values/date-time'

const validityMs = 7 * 24 * 3_600_000
const link = { url: null, last_opened_at: null, method: 'GET' }

/** A person who does not exist. */
const payer = {
  type: 'human',
  tax_identification_number: 'PRVLCU85M15X000R',
  name: 'Luca',
  family_name: 'Prova',
  street_name: 'Via delle Prove',
  building_number: '12',
  postal_code: '00000',
  town_name: 'Bugliano',
  country_subdivision: 'PI',
  country: 'IT',
  email: 'luca.prova@example.org',
}

/** An id that every intermediary takes: some refuse an iud that begins with three noughts. */
function newId(): string {
  const id = randomUUID()
  return id.startsWith('000') ? newId() : id
}

/** Who writes, and when, new with each event. */
export const newEnvelope = (now: Date) => ({
  event_id: randomUUID(),
  event_version: '2.0',
  event_created_at: formatDateTime(now),
  app_id: `corrente-conform:${appVersion}`,
})

/** A payment as a dispatcher begins it: CREATION_PENDING, of a fictional payer, marked as a trial; nobody is told of it. */
export function trialPayment(plan: Plan, now = new Date()): Json & { readonly id: string } {
  const id = newId()
  const remote_id = randomUUID()
  const landing = plan.landingPage.replaceAll('{id}', remote_id)
  return {
    id,
    user_id: randomUUID(),
    type: 'PAGOPA',
    tenant_id: plan.service.tenant_id,
    service_id: plan.service.id,
    created_at: formatDateTime(now),
    updated_at: formatDateTime(now),
    status: 'CREATION_PENDING',
    reason: `Conformance trial ${id.slice(0, 8)}, no real payment`,
    remote_id,
    payment: {
      transaction_id: null,
      paid_at: null,
      expire_at: formatDateTime(new Date(now.getTime() + validityMs)),
      amount: Number(plan.amount),
      currency: 'EUR',
      notice_code: null,
      iud: id.replaceAll('-', ''),
      iuv: null,
      split: [],
    },
    links: {
      online_payment_begin: link,
      online_payment_landing: { ...link, url: landing },
      offline_payment: link,
      receipt: link,
      notify: [],
      update: { url: null, last_check_at: null, next_check_at: null, method: 'GET' },
    },
    payer,
    ...newEnvelope(now),
  }
}
