import { CallPlan, type ConnectorState, type PlanSettings } from '#apps/payments-poller/call-plan'
import type { PollerMetrics } from '#apps/payments-poller/poller-metrics'
import type { CallOutcome, UpdateCall } from '#apps/payments-poller/update-call'
import type { Log } from '#core/log'
import type { Backlog, DuePayment, OpenPayments } from '#ports/open-payments'

export interface PollerPorts {
  readonly source: OpenPayments
  readonly call: UpdateCall
  /** Whether a payment is this process's. */
  readonly isOwn: (id: string) => boolean
  readonly metrics: PollerMetrics
  readonly log: Log
  readonly now?: () => number
}

/** How the poller is. */
export interface PollerReport {
  readonly connectors: readonly (ConnectorState & Waiting)[]
  /** Addresses not called since the start, by reason. */
  readonly forbidden: Readonly<Record<string, number>>
  /** Why the last question for what is due was not answered. */
  readonly failure: string | undefined
}

interface Waiting {
  readonly due: number
  readonly overdue_seconds: number
}

/** Of each connector so many are kept between two questions. */
const keptMax = 1_000

/** Asks for what is due, round by round, and calls it as the plan says. */
export class Poller {
  readonly #ports: PollerPorts
  readonly #plan: CallPlan
  readonly #now: () => number
  readonly #stopping = new AbortController()
  readonly #calls = new Set<Promise<void>>()
  readonly #forbidden = new Map<string, number>()
  #backlogs: readonly Backlog[] = []
  #failure: string | undefined

  constructor(settings: PlanSettings, ports: PollerPorts) {
    this.#ports = ports
    this.#plan = new CallPlan(settings)
    this.#now = ports.now ?? Date.now
  }

  /** One question for what is due. Never throws: what keeps it from an answer is in the report. */
  async round(): Promise<void> {
    const { source, isOwn, log } = this.#ports
    const nowMs = this.#now()
    this.#plan.prune(nowMs)
    const dueSince = (payment: DuePayment) =>
      isOwn(payment.id) ? this.#plan.dueSince(payment, nowMs) : undefined
    try {
      this.#backlogs = await source.due(nowMs, { dueSince, countMax: keptMax })
      this.#failure = undefined
    } catch (error) {
      const { message } = error as Error
      if (this.#failure === undefined) log.error({ reason: message }, 'what is due cannot be asked')
      this.#failure = message
    }
    this.#measure(nowMs)
    this.pump()
  }

  /** Begins the calls there is place for. */
  pump(): void {
    if (this.#stopping.signal.aborted) return
    const chosen = this.#plan.next(this.#backlogs, this.#now())
    if (chosen.length === 0) return
    // Whether it is due again only the next round knows: its row has moved by then.
    const gone = new Set(chosen.map(({ id }) => id))
    this.#backlogs = this.#backlogs.map((backlog) => ({
      ...backlog,
      payments: backlog.payments.filter(({ id }) => !gone.has(id)),
    }))
    for (const payment of chosen) {
      const call = this.#check(payment).finally(() => this.#calls.delete(call))
      this.#calls.add(call)
    }
  }

  report(): PollerReport {
    const byName = new Map(this.#backlogs.map((backlog) => [backlog.connector, backlog]))
    const connectors = this.#plan.states().map((state) => ({
      ...state,
      ...waitingOf(byName.get(state.connector), this.#now()),
    }))
    return { connectors, forbidden: Object.fromEntries(this.#forbidden), failure: this.#failure }
  }

  /** Begins no more calls and gives up those that are out: a proxy that was asked has been asked. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#calls)
  }

  async #check(payment: DuePayment): Promise<void> {
    const { call, metrics, log } = this.#ports
    const { id, connector, next_check_at_ms } = payment
    const begunMs = this.#now()
    const outcome = await call(payment, this.#stopping.signal)
    if (this.#stopping.signal.aborted) return
    const { kind, code } = outcome
    const isFirst = this.#plan.ended(payment, kind, this.#now())
    const labels = { connector: metrics.labelOf(connector) }
    metrics.calls.inc({ ...labels, outcome: kind })
    metrics.callSeconds.observe(labels, (this.#now() - begunMs) / 1_000)
    if (isFirst) metrics.lateness.observe(labels, (begunMs - next_check_at_ms) / 1_000)
    if (kind === 'forbidden') this.#noteForbidden(payment, outcome)
    else if (kind === 'answered') log.info({ payment_id: id, connector }, 'payment checked')
    else if (isFirst)
      log.warn({ payment_id: id, connector, outcome: kind, code }, 'payment not checked')
    this.pump()
  }

  #noteForbidden({ id, connector }: DuePayment, { code }: CallOutcome): void {
    const { metrics, log } = this.#ports
    this.#forbidden.set(code, (this.#forbidden.get(code) ?? 0) + 1)
    metrics.forbidden.inc({ reason: code })
    log.warn({ payment_id: id, connector, code }, 'address of a payment is not called')
  }

  #measure(nowMs: number): void {
    const { due, overdue, labelOf } = this.#ports.metrics
    due.reset()
    overdue.reset()
    const overdueMax = new Map<string, number>()
    for (const backlog of this.#backlogs) {
      const connector = labelOf(backlog.connector)
      const waiting = waitingOf(backlog, nowMs)
      const longest = Math.max(waiting.overdue_seconds, overdueMax.get(connector) ?? 0)
      overdueMax.set(connector, longest)
      due.inc({ connector }, waiting.due)
      overdue.set({ connector }, longest)
    }
  }
}

const waitingOf = (backlog: Backlog | undefined, nowMs: number): Waiting => ({
  due: backlog?.count ?? 0,
  overdue_seconds: backlog ? Math.max(0, Math.round((nowMs - backlog.oldest_ms) / 1_000)) : 0,
})
