import { randomUUID } from 'node:crypto'
import { formatDateTime } from '#schemas/values/date-time'

/**
 * What a bad proxy does: dates with milliseconds, no member it does not know, a debt for each PAYMENT_PENDING, neither
 * numbers nor documents.
 */
export type Fault = 'milliseconds' | 'strict-members' | 'opens-again' | 'only-a-page'

type Link = 'online_payment_begin' | 'online_payment_landing' | 'offline_payment'
type Members = Record<string, unknown>

interface Event extends Members {
  readonly id: string
  readonly status: string
  readonly payment: Members
  readonly links: Readonly<Record<string, Members>>
}

interface Dependencies {
  /** Base of its own addresses. */
  readonly url: string
  readonly appId: string
  readonly faults: readonly Fault[]
  readonly serves: (tenantId: unknown, serviceId: unknown) => boolean
  readonly write: (key: string, text: string) => Promise<void>
}

const known = [
  'id user_id type tenant_id service_id created_at updated_at status reason remote_id payment links',
  'payer debtor locale event_id event_version event_created_at app_id',
].flatMap((words) => words.split(' '))

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isDate = (value: unknown) => typeof value === 'string' && !Number.isNaN(Date.parse(value))

/** The event, where it is one of version 2 that the reference library would take. */
function eventIn(text: string): Event | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isObject(value) || Number(value['event_version']) !== 2) return undefined
  const { id, payment, links, payer, created_at } = value
  const isWhole = typeof id === 'string' && isObject(payment) && isObject(links) && isObject(payer)
  if (!isWhole || !isDate(created_at)) return undefined
  const isPayable = Number(payment['amount']) > 0 && Array.isArray(payment['split'])
  return isPayable ? (value as Event) : undefined
}

const minuteMs = 60_000
let lastIuv = 0

/** The payments of a proxy, in its memory, and what it writes of them. */
export class ForeignPayments {
  readonly #own: Dependencies
  readonly #payments = new Map<string, Event>()

  constructor(own: Dependencies) {
    this.#own = own
  }

  has = (id: string): boolean => this.#payments.has(id)

  /** Takes what is for it and leaves the rest. */
  async take(text: string): Promise<void> {
    const event = eventIn(text)
    if (!event || event['app_id'] === this.#own.appId) return
    if (!this.#own.serves(event['tenant_id'], event['service_id'])) return
    if (this.#is('strict-members') && Object.keys(event).some((name) => !known.includes(name))) {
      return
    }
    const { id, status } = event
    if (status === 'CREATION_PENDING' && !this.has(id)) await this.#open(event)
    if (status !== 'PAYMENT_PENDING') return
    if (this.has(id) && this.#is('opens-again')) await this.#open(event)
    if (!this.has(id)) this.#payments.set(id, event)
  }

  /** A link was opened: where its payers land in the end. */
  async opened(id: string, name: Link): Promise<string> {
    const { status, links } = this.#payments.get(id)!
    const isStart = name === 'online_payment_begin' && status === 'PAYMENT_PENDING'
    await this.#write(id, {
      status: isStart ? 'PAYMENT_STARTED' : status,
      links: { ...links, [name]: { ...links[name], last_opened_at: this.#now() } },
    })
    return String(links['online_payment_landing']!['url'])
  }

  async checked(id: string): Promise<void> {
    const { links } = this.#payments.get(id)!
    const update = {
      ...links['update'],
      last_check_at: this.#now(),
      next_check_at: this.#now(minuteMs),
    }
    await this.#write(id, { links: { ...links, update } })
  }

  async paid(id: string): Promise<void> {
    const { payment } = this.#payments.get(id)!
    const paid = { ...payment, transaction_id: `TRX-${randomUUID()}`, paid_at: this.#now() }
    await this.#write(id, { status: 'COMPLETE', payment: paid })
  }

  async #open(event: Event): Promise<void> {
    const { id, payment, links } = event
    const iuv = String(++lastIuv).padStart(15, '0')
    this.#payments.set(id, event)
    const link = (name: string, path: string) => ({
      [name]: { ...links[name], url: `${this.#own.url}/${path}/${id}` },
    })
    const isOnlyPage = this.#is('only-a-page')
    await this.#write(id, {
      status: 'PAYMENT_PENDING',
      reason: String(event['reason']).slice(0, 140),
      payment: isOnlyPage ? payment : { ...payment, iuv, notice_code: `001${iuv}` },
      links: {
        ...links,
        ...link('online_payment_begin', 'online-payment'),
        ...link('update', 'update'),
        ...(isOnlyPage
          ? {}
          : { ...link('offline_payment', 'notice'), ...link('receipt', 'receipt') }),
      },
    })
  }

  async #write(id: string, changes: Members): Promise<void> {
    const event: Event = {
      ...this.#payments.get(id)!,
      ...changes,
      updated_at: this.#now(),
      event_id: randomUUID(),
      event_version: '2.0',
      event_created_at: this.#now(),
      app_id: this.#own.appId,
    }
    this.#payments.set(id, event)
    await this.#own.write(String(event['service_id']), JSON.stringify(event))
  }

  #is = (fault: Fault): boolean => this.#own.faults.includes(fault)

  #now(aheadMs = 0): string {
    const date = new Date(Date.now() + aheadMs)
    return this.#is('milliseconds') ? date.toISOString() : formatDateTime(date)
  }
}
