import { type Told, DebitChecker } from '#tests/bench/debits/debit-checker'
import type { Answered } from '#tests/bench/debits/http-open-loop'
import { caughtUp } from '#tests/bench/payments/caught-up'
import type { PaymentsBench } from '#tests/bench/payments/payments-bench'
import { openLogWatch } from '#tests/log-watch'
import { until } from '#tests/until'

const deadlineMs = 3_000
const settledMsMax = 60_000
/** Three records for each request, of which there may be hundreds of thousands. */
const readMsMax = 10 * 60_000
/** Codes of refusals that are in time whenever they come: 68 is late, 91 that nobody decides. */
const lateCodes: Readonly<Record<number, string>> = { 504: '68', 503: '91' }

/** A sentence for each request that was not answered in time once it was sent, nor told why not. */
export function unanswered(answers: readonly (Answered | undefined)[]): readonly string[] {
  return answers.flatMap((answer, n) => {
    if (!answer) return [`request ${n} was never answered`]
    const { status, code, sentMs, answeredMs } = answer
    if (status === 200) {
      const ms = answeredMs - sentMs
      return ms <= deadlineMs ? [] : [`request ${n} was answered 200 after ${ms.toFixed(0)} ms`]
    }
    const expected = lateCodes[status]
    if (expected !== undefined && code === expected) return []
    return [`request ${n} was answered ${status}, code ${code ?? 'none'}`]
  })
}

/**
 * Reads the topics of debits with a client that is not the engine's, once nothing is on its way any more, and counts.
 * Resolves with the decisions there are; throws where a request was lost, done twice, or not as it was told.
 */
export async function expectBooks(
  { stack, platform }: Pick<PaymentsBench, 'stack' | 'platform'>,
  told: readonly Told[],
): Promise<number> {
  await untilSettled({ stack, platform })
  const checker = new DebitChecker()
  const readers: Readonly<Record<string, (value: never) => void>> = {
    'debits.decisions': (value) => checker.decided(value),
    'ledger.entries': (value) => checker.entry(value),
    'statements.entries': (value) => checker.line(value),
  }
  const { brokers } = stack.kafka
  const { registryUrl } = stack
  const watch = await openLogWatch({ brokers, registryUrl }, Object.keys(readers), (record) =>
    readers[record.topic]?.(record.value as never),
  )
  try {
    await watch.caughtUp(readMsMax)
  } finally {
    await watch.close()
  }
  const violations = checker.violations(told)
  if (violations.length > 0) throw new Error(sentenceOf(violations))
  stack.report(`0 lost, 0 double: ${told.length} requests against ${checker.decisions} decisions`)
  return checker.decisions
}

const shownMax = 5

/** All of them counted, the first few told. */
export const sentenceOf = (violations: readonly string[]): string =>
  `${violations.length} violations: ${violations.slice(0, shownMax).join('; ')}`

/** Nothing waits at the edge, and everything that was asked is decided. */
async function untilSettled({
  stack,
  platform,
}: Pick<PaymentsBench, 'stack' | 'platform'>): Promise<void> {
  const url = `${platform.addresses.debitEdge}/status`
  const isQuiet = async () => {
    const answer = await fetch(url).catch(() => undefined)
    const status = (await answer?.json()) as Readonly<Record<string, unknown>> | undefined
    return status?.['open_requests'] === 0 && status['late_requests_to_give_back'] === 0
  }
  await until('the edge to be quiet', isQuiet, { msMax: settledMsMax, signal: stack.signal })
  await caughtUp(stack)
}
