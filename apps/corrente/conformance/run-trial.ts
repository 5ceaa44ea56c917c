import { setTimeout as sleep } from 'node:timers/promises'
import type { TrialLog } from '#apps/corrente/conformance/log/open-log'
import { Notebook } from '#apps/corrente/conformance/notebook'
import type { Observed } from '#apps/corrente/conformance/observed'
import type { Plan } from '#apps/corrente/conformance/plan'
import { callAddresses } from '#apps/corrente/conformance/stages/addresses'
import { configure } from '#apps/corrente/conformance/stages/configure'
import {
  createMain,
  createVariants,
  tryMalformed,
  untriedPayments,
} from '#apps/corrente/conformance/stages/create'
import type { TrialDesk } from '#apps/corrente/conformance/stages/desk'
import { tryDue } from '#apps/corrente/conformance/stages/due'
import { pay } from '#apps/corrente/conformance/stages/pay'
import { unconfigure } from '#apps/corrente/conformance/stages/unconfigure'

/** What a run saw, and how it ended. */
export interface Trial {
  readonly observed: Observed
  readonly isGivenUp: boolean
  /** What stays where the run was, in sentences. */
  readonly leftBehind: readonly string[]
}

interface TrialOptions {
  /** Gives the run up: what was seen by then is judged, what was configured is made inactive. */
  readonly signal: AbortSignal
  readonly report: (line: string) => void
}

/**
 * Tries a proxy out and notes what is seen; judges nothing. Throws where the topic cannot be read or written, and
 * InUseError where a configuration would be replaced.
 */
export async function runTrial(plan: Plan, log: TrialLog, options: TrialOptions): Promise<Trial> {
  const notebook = new Notebook()
  const desk: TrialDesk = { plan, log, notebook, ...options }
  let isGivenUp = false
  try {
    await runStages(desk)
  } catch (error) {
    if (!options.signal.aborted) throw error
    isGivenUp = true
  } finally {
    options.report('making inactive what was configured')
    await unconfigure(desk)
  }
  noteLeft(notebook, isGivenUp)
  const observed = notebook.observed(log.codec.encoding, (id) => log.eventsOf(id))
  return { observed, isGivenUp, leftBehind: notebook.leftBehind }
}

async function runStages(desk: TrialDesk): Promise<void> {
  const { refusal, inactiveServiceId } = await configure(desk)
  if (refusal !== undefined) return untriedPayments(desk, refusal)
  if (!(await createMain(desk))) return
  await createVariants(desk, inactiveServiceId)
  await callAddresses(desk)
  await pay(desk)
  await tryDue(desk)
  await tryMalformed(desk)
  // What must not come is given the time to.
  await sleep(desk.plan.settleMs, undefined, { signal: desk.signal })
}

function noteLeft({ paymentCount, leftBehind, malformedCount }: Notebook, isGivenUp: boolean) {
  if (paymentCount > 0) {
    leftBehind.push(
      `${paymentCount} trial payments on the topic, and debts that nobody pays at the intermediary`,
    )
  }
  if (malformedCount > 0) leftBehind.push(`${malformedCount} malformed events on the topic`)
  if (isGivenUp) leftBehind.push('whatever the requests under way had begun')
}
