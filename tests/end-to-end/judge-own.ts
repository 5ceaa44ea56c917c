import { expect } from 'vitest'
import { judgeProxy } from '#apps/corrente/conformance/judge-proxy'
import { ownPlan } from '#apps/corrente/conformance/own-plan'
import type { ConformanceReport } from '#apps/corrente/conformance/report'
import { platformSettings } from '#apps/platform/settings'
import { platformOf, type TestStack } from '#tests/stack'

export const runMsMax = 120_000

/** The checks that ended so. */
export const idsOf = ({ checks }: ConformanceReport, outcome: string) =>
  checks.flatMap((check) => (check.outcome === outcome ? [check.id] : []))

/** Judges our own proxy, which runs, a body being configured at the sandbox of examplepay. */
export async function judgeOwn(
  stack: TestStack,
  encoding: 'avro' | 'json',
): Promise<ConformanceReport> {
  const { kafka, registry } = platformSettings(platformOf(stack))
  const plan = await ownPlan(stack, { amount: '1.00', patienceMs: 45_000, settleMs: 1_000 })
  const told = await judgeProxy(plan, { kafka, registry, topic: 'payments', encoding })
  expect(told).toMatchObject({ encoding, is_given_up: false })
  return told
}
