import { randomUUID } from 'node:crypto'
import { type Body, seed } from '#apps/corrente/seed'
import type { TestStack } from '#tests/stack'

export type { Body }

/** Configures a body of the test's own at the sandbox intermediary; the apps run. */
export async function configureBody(stack: TestStack): Promise<Body> {
  const body = { tenant_id: randomUUID(), service_id: randomUUID() }
  await seed(stack, body)
  return body
}
