import { randomUUID } from 'node:crypto'
import { type Body, configurationsOf, configured } from '#apps/corrente/seed'
import type { Party } from '#tests/soak/outage/account'
import type { TestStack } from '#tests/stack'

const bodies = 4
const servicesPerBody = 2

/** Configures public bodies and their digital services: as many at the party that goes away as at the other. */
export async function configureServices(
  stack: TestStack,
  awayUrl: string,
): Promise<Readonly<Record<Party, readonly Body[]>>> {
  return {
    away: await configureAll(stack, { base_url: awayUrl }),
    other: await configureAll(stack, {}),
  }
}

async function configureAll(stack: TestStack, changes: object): Promise<readonly Body[]> {
  const tenants = Array.from({ length: bodies }, () => randomUUID())
  const all = Array.from({ length: servicesPerBody }, () => tenants).flat()
  const made = all.map((tenant_id) => ({ tenant_id, service_id: randomUUID() }))
  for (const body of made) {
    const { tenant, service } = configurationsOf(stack, body)
    const forms = { tenant: { ...tenant, ...changes }, service }
    await configured(stack, { connector: 'examplepay', ...body }, forms)
  }
  return made
}
