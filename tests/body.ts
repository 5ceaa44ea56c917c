import { randomUUID } from 'node:crypto'
import { type Body, seed } from '#apps/corrente/seed'
import type { TestStack } from '#tests/stack'

export type { Body }

/**
 * Configures a body of the test's own at the sandbox intermediary; the apps run. With a secret that is not the
 * intermediary's, its notifications are refused.
 */
export async function configureBody(
  stack: TestStack,
  { notifySecret }: { readonly notifySecret?: string } = {},
): Promise<Body> {
  const body = { tenant_id: randomUUID(), service_id: randomUUID() }
  await seed(stack, body, notifySecret)
  return body
}
