import type { TestProject } from 'vitest/node'
import { startDemo } from '#apps/corrente/demo'
import { platformOf, startTestStack } from '#tests/stack'
import { tracesOf } from '#tests/trace-receiver'

/** One stack for all tests of a group, and the platform running on it: each app as a process of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const report = (line: string) => process.stderr.write(`${line}\n`)
  const { stack, stop } = await startTestStack(report)
  try {
    const mails = { CORRENTE_PAYMENT_MAILS: 'on' }
    const platform = { ...process.env, ...platformOf(stack), ...mails, ...tracesOf(stack) }
    const demo = await startDemo({ ...stack, platform }, { report })
    project.provide('stack', stack)
    return async () => {
      try {
        await demo.stop()
      } finally {
        await stop()
      }
    }
  } catch (error) {
    await stop()
    throw error
  }
}
