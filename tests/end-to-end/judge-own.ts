import { expect } from 'vitest'
import { judgeProxy } from '#apps/corrente/conformance/judge-proxy'
import { ownPlan } from '#apps/corrente/conformance/own-plan'
import type { ConformanceReport } from '#apps/corrente/conformance/report'
import type { DemoIntermediary } from '#apps/corrente/demo-intermediaries'
import { platformSettings } from '#apps/platform/settings'
import { platformOf, type TestStack } from '#tests/stack'

export const runMsMax = 120_000

/** The checks that ended so. */
export const idsOf = ({ checks }: ConformanceReport, outcome: string) =>
  checks.flatMap((check) => (check.outcome === outcome ? [check.id] : []))

/** The checks that were not tried, each with the reason. */
export const untriedOf = ({ checks }: ConformanceReport) =>
  Object.fromEntries(
    checks.flatMap((check) => (check.outcome === 'not-tried' ? [[check.id, check.reason]] : [])),
  ) as Readonly<Record<string, string>>

const opensNone = 'no debt could be opened elsewhere: external-page opens none'

/** What an intermediary does not give; one that is not named gives all. */
const notGiven: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'external-page': {
    numbers: 'external-page gives no numbers to pay by',
    notice: 'external-page gives no notice',
    'notice-recorded': 'external-page gives no notice',
    'notice-both-names': 'there is no address of a notice',
    receipt: 'external-page gives no receipt',
    'pending-new-stored': opensNone,
    'pending-new-payable': opensNone,
  },
  mypay: { receipt: 'mypay gives no receipt' },
  iris: { receipt: 'iris gives no receipt' },
}

/** What is not tried at an intermediary, since it does not give it. */
export const notGivenBy = ({ name }: DemoIntermediary) => notGiven[name] ?? {}

/** Judges our own proxy, which runs, a body being configured at the sandbox of an intermediary. */
export async function judgeOwn(
  stack: TestStack,
  intermediary: DemoIntermediary,
  encoding: 'avro' | 'json',
): Promise<ConformanceReport> {
  const { kafka, registry } = platformSettings(platformOf(stack))
  const bounds = { amount: '1.00', patienceMs: 45_000, settleMs: 1_000 }
  const plan = await ownPlan(stack, intermediary, bounds)
  const told = await judgeProxy(plan, { kafka, registry, topic: 'payments', encoding })
  expect(told).toMatchObject({ encoding, is_given_up: false })
  return told
}
