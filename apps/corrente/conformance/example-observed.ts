import {
  type Answered,
  type Encoding,
  type Exchange,
  type ExchangeName,
  type Json,
  type Observation,
  type Observed,
  type PaymentName,
  paymentNames,
  type SeenEvent,
  type TrialPayment,
} from '#apps/corrente/conformance/observed'
import { examplePlan } from '#apps/corrente/conformance/example-plan'
import { newEnvelope, trialPayment } from '#apps/corrente/conformance/trial-payment'

const proxy = examplePlan.proxy
export const exampleOrigin = 'https://servizi.comune.example'

/** An answer as a right proxy gives it. */
export const answer = (
  asked: string,
  status: number,
  more: Partial<Pick<Answered, 'headers' | 'body' | 'origin'>> = {},
): Answered => ({
  asked: `${asked.replace(' ', ` ${proxy}`)}`,
  status,
  headers: {},
  body: '',
  ...more,
})

const pdf = { headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.4' }
const allowed = { 'access-control-allow-origin': exampleOrigin }
const json = (value: object) => ({ body: JSON.stringify(value) })
const active = json({ active: true })
const form = json({ display: 'form', components: [{ key: 'name' }] })

const answers = (landsAt: string): Record<ExchangeName, Exchange> => ({
  status: answer('GET /status', 200),
  metrics: answer('GET /metrics', 200, { body: '# TYPE x counter\nx 1\n' }),
  'tenant-form': answer('GET /tenants/schema', 200, form),
  'service-form': answer('GET /services/schema', 200, form),
  'tenant-before': answer('GET /tenants/t', 404),
  'tenant-without-token': answer('PUT /tenants/t', 401),
  'tenant-put': answer('PUT /tenants/t', 201),
  'tenant-read': answer('GET /tenants/t', 200, active),
  'tenant-put-again': answer('PUT /tenants/t', 200),
  'service-put': answer('PUT /services/s', 201),
  'service-read': answer('GET /services/s', 200, active),
  'service-post': answer('POST /services', 201),
  'service-delete': answer('DELETE /services/o', 204),
  'service-read-deleted': answer('GET /services/o', 200, json({ active: false })),
  preflight: answer('OPTIONS /tenants/t', 204, {
    origin: exampleOrigin,
    headers: {
      ...allowed,
      'access-control-allow-methods': 'GET, PUT',
      'access-control-allow-headers': 'Authorization, Content-Type',
    },
  }),
  'read-from-page': answer('GET /tenants/t', 200, { origin: exampleOrigin, headers: allowed }),
  notice: answer('GET /notice/p', 200, pdf),
  'notice-other-name': answer('GET /offline-payment/p', 200, pdf),
  online: answer('GET /online-payment/p', 302, { headers: { location: '/portal/p?token=x' } }),
  landing: answer('GET /landing/p', 302, { headers: { location: landsAt } }),
  update: answer('GET /update/p', 200),
  receipt: answer('GET /receipt/p', 200, pdf),
  'due-update': answer('GET /update/d', 200),
  'due-online': answer('GET /online-payment/d', 302, { headers: { location: '/portal/d' } }),
})

let offset = 0
const now = new Date('2026-03-10T09:15:02+01:00')

/** An event of the proxy's that changes these members of the one before. */
export const exampleEvent = (before: Json, changes: Json): SeenEvent => ({
  at: `payments@0:${++offset}`,
  value: { ...before, ...changes, ...newEnvelope(now), app_id: 'other-payment-proxy:3.1.4' },
})

const opened = (at: string) => ({ url: `${proxy}/${at}/p`, last_opened_at: null, method: 'GET' })

/** By which a payment becomes payable. */
export const openedEvent = (written: Json, iuv = '000000012345685'): SeenEvent =>
  exampleEvent(written, {
    status: 'PAYMENT_PENDING',
    payment: { ...(written['payment'] as Json), iuv, notice_code: `001${iuv}` },
    links: {
      ...(written['links'] as Json),
      online_payment_begin: opened('online-payment'),
      offline_payment: opened('notice'),
      receipt: opened('receipt'),
      update: {
        url: `${proxy}/update/p`,
        last_check_at: null,
        next_check_at: null,
        method: 'GET',
      },
    },
  })

/** An event that changes members of one of the links. */
export const linkEvent = (before: SeenEvent, name: string, members: Json, status?: string) => {
  const links = before.value['links'] as Json
  const link = { ...(links[name] as Json), ...members }
  return exampleEvent(before.value, {
    links: { ...links, [name]: link },
    ...(status === undefined ? {} : { status }),
  })
}

const at = (time: string) => `2026-03-10T09:${time}+01:00`

function mainEvents(written: Json): readonly SeenEvent[] {
  const first = openedEvent(written)
  const checked = linkEvent(first, 'update', {
    last_check_at: at('16:05'),
    next_check_at: at('17:05'),
  })
  const noticed = linkEvent(checked, 'offline_payment', { last_opened_at: at('16:06') })
  const started = linkEvent(
    noticed,
    'online_payment_begin',
    { last_opened_at: at('16:07') },
    'PAYMENT_STARTED',
  )
  const landed = linkEvent(started, 'online_payment_landing', { last_opened_at: at('16:08') })
  const complete = exampleEvent(landed.value, {
    status: 'COMPLETE',
    payment: {
      ...(landed.value['payment'] as Json),
      transaction_id: 'TRX-1',
      paid_at: at('16:09'),
    },
  })
  return [first, checked, noticed, started, landed, complete]
}

const silent: readonly PaymentName[] = [
  'version-1',
  'version-3',
  'service-unknown',
  'service-inactive',
  'due',
]
const repeated: readonly PaymentName[] = ['creation-again', 'pending-again']

function payment(name: PaymentName): TrialPayment {
  const written = trialPayment(examplePlan, now)
  if (name === 'main') return { id: written.id, written, events: mainEvents(written) }
  const events = silent.includes(name) ? [] : [openedEvent(written)]
  return {
    id: written.id,
    written,
    events,
    ...(repeated.includes(name) ? { repeatedAfter: 1 } : {}),
  }
}

/** What a run sees of a proxy that does everything right. */
export function exampleObserved(encoding: Encoding = 'json'): Observed {
  const payments = Object.fromEntries(
    paymentNames.map((name) => [name, { seen: payment(name) }]),
  ) as Record<PaymentName, { readonly seen: TrialPayment }>
  const links = payments.main.seen.written['links'] as Record<string, { readonly url: string }>
  const exchanges = Object.fromEntries(
    Object.entries(answers(links['online_payment_landing']!.url)).map(([name, seen]) => [
      name,
      { seen },
    ]),
  ) as Record<ExchangeName, Observation<Exchange>>
  return { encoding, exchanges, payments, paid: { seen: true }, malformedCount: 18 }
}

/** The same, one of its payments being another. */
export function withPayment(
  name: PaymentName,
  change: (payment: TrialPayment) => Partial<TrialPayment>,
  observed = exampleObserved(),
): Observed {
  const found = observed.payments[name] as { readonly seen: TrialPayment }
  const seen = { ...found.seen, ...change(found.seen) }
  return { ...observed, payments: { ...observed.payments, [name]: { seen } } }
}

/** The same, one of its answers being another. */
export const withAnswer = (name: ExchangeName, seen: Exchange): Observed => {
  const observed = exampleObserved()
  return { ...observed, exchanges: { ...observed.exchanges, [name]: { seen } } }
}
