import type { Asked, KeptPayment, Party } from '#tests/soak/outage/account'
import type { Run } from '#tests/soak/outage/judged-run'
import { type Latencies, latenciesOf, slowness } from '#tests/soak/outage/latencies'
import { displacementMax, type OrderFigures, orderOf } from '#tests/soak/outage/order'

export interface Verdict {
  /** Sentences; none where every promise was kept. */
  readonly violations: readonly string[]
  readonly counts: Readonly<Record<string, number>>
  /** Of the other's payments. */
  readonly latencies: Latencies
  readonly order: OrderFigures & { readonly displacementMax: number }
}

const stepsWanted = 'CREATION_PENDING > PAYMENT_PENDING'
/** What was asked for this shortly before the return may have come to the opener after it. */
const onTheWayMs = 1_000

/** Judges what a run left on the log and at the parties. */
export function judge(run: Run): Verdict {
  const { account, bounds } = run
  const latencies = latenciesOf(run)
  const order = orderWhileAway(run)
  const violations = [
    ...missing(run),
    ...paymentsOf(run).flatMap(([id, kept]) => wrongsOf(id, kept)),
    ...account.deadLetters.map((letter) => `a dead letter: ${letter}`),
    ...(['away', 'other'] as const).flatMap((party) => partyWrongs(run, party)),
    ...slowness(latencies, bounds),
    ...(order.overtakenMax > bounds.overtakenMax
      ? [`a payment that waited was overtaken by ${order.overtakenMax} of its body`]
      : []),
  ]
  return { violations, counts: countsOf(run), latencies, order }
}

/** Payments of the run; one that nobody published is of it, one of another's application is not. */
const paymentsOf = ({ account }: Run): [string, KeptPayment][] =>
  [...account.payments].filter(
    ([, { application }]) => application === undefined || account.asked.has(application),
  )

function missing({ account: { asked, payments } }: Run): string[] {
  const counted = new Map<string | undefined, number>()
  for (const { application } of payments.values()) {
    counted.set(application, (counted.get(application) ?? 0) + 1)
  }
  return [...asked.keys()].flatMap((id) => {
    const count = counted.get(id) ?? 0
    return count === 1 ? [] : [`application ${id} has ${count} payments`]
  })
}

function wrongsOf(id: string, { steps, openingsMs }: KeptPayment): string[] {
  const went = steps.join(' > ')
  return [
    ...(went === stepsWanted ? [] : [`payment ${id} went ${went}`]),
    ...(openingsMs.length === 1
      ? []
      : [`payment ${id} was to be opened ${openingsMs.length} times`]),
  ]
}

/** Applications of a party. */
const askedOf = ({ account }: Run, party: Party): [string, Asked][] =>
  [...account.asked].filter(([, asked]) => asked.party === party)

function partyWrongs(run: Run, party: Party): string[] {
  const count = askedOf(run, party).length
  const { debt_positions, sampled } = run.parties[party]
  const wrong = sampled.filter((positions) => positions !== 1).length
  return [
    ...(debt_positions === count
      ? []
      : [`${count} applications made ${debt_positions} debt positions at the ${party} party`]),
    ...(wrong === 0
      ? []
      : [`${wrong} of ${sampled.length} sampled payments have not one debt position there`]),
  ]
}

/** Of those that were asked for while the party was away, and were created when it was back. */
function orderWhileAway(run: Run): Verdict['order'] {
  const { account, marks } = run
  const waited = [...account.payments.values()].flatMap((kept) => {
    const asked = account.asked.get(kept.application ?? '')
    const { tenant = '', wasTried, noticeCode, openingsMs } = kept
    const [openingMs = Infinity] = openingsMs
    if (asked?.party !== 'away' || noticeCode === undefined) return []
    if (asked.dueMs < marks.awayMs || openingMs >= marks.returnedMs - onTheWayMs) return []
    return [{ tenant, wasTried, noticeCode, dueMs: asked.dueMs, openingMs }]
  })
  const created = new Map(
    waited
      .map(({ noticeCode }) => noticeCode)
      .sort()
      .map((code, i) => [code, i]),
  )
  const placed = waited.map((one) => ({
    body: one.tenant,
    asked: one.openingMs,
    created: created.get(one.noticeCode)!,
    wasTried: one.wasTried,
    dueMs: one.dueMs,
  }))
  const overall = placed.map(({ dueMs, created: place }) => ({ asked: dueMs, created: place }))
  return { ...orderOf(placed), displacementMax: displacementMax(overall) }
}

function countsOf(run: Run): Record<string, number> {
  const { account, parties, marks, kills } = run
  const aways = askedOf(run, 'away')
  const statuses = paymentsOf(run).flatMap(([, { steps }]) => steps)
  const count = (status: string) => statuses.filter((one) => one === status).length
  const lastKillMs = Math.max(0, ...kills.map(({ atMs }) => atMs))
  return {
    'applications for the other': askedOf(run, 'other').length,
    'applications for the party, while it was away': aways.filter(
      ([, { dueMs }]) => dueMs >= marks.awayMs && dueMs < marks.returnedMs,
    ).length,
    'applications for the party, after its return': aways.filter(
      ([, { dueMs }]) => dueMs >= marks.returnedMs,
    ).length,
    'payable at the other while it was away': paymentsOf(run).filter(
      ([, { openedAtMs = 0 }]) => openedAtMs >= marks.awayMs && openedAtMs < marks.returnedMs,
    ).length,
    CREATION_PENDING: count('CREATION_PENDING'),
    PAYMENT_PENDING: count('PAYMENT_PENDING'),
    CREATION_FAILED: count('CREATION_FAILED'),
    'debt positions at the party': parties.away.debt_positions,
    'creation requests at the party': parties.away.creation_requests,
    'debt positions at the other': parties.other.debt_positions,
    'creation requests at the other': parties.other.creation_requests,
    'checks of open payments': account.checkedAtMs.length,
    'checks after the last kill': account.checkedAtMs.filter((ms) => ms > lastKillMs).length,
    'dead letters': account.deadLetters.length,
  }
}
