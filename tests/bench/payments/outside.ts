import { portsOf } from '#apps/corrente/place'
import { seed } from '#apps/corrente/seed'
import { startNode } from '#tests/bench/engine/engine-side'
import type { SideProcess } from '#tests/bench/engine/side-process'
import { idOf, tenant_id } from '#tests/bench/payments/bench-payments'
import type { IntermediarySpec } from '#tests/bench/payments/intermediary-process'
import type { Platform } from '#tests/bench/payments/platform'

/** Starts the intermediary, whose calls take so long, at examplepay's port or another; resolves once it answers. */
export async function startIntermediary(
  { portBase }: Platform,
  delayMs: number,
  port = portsOf(portBase).examplepay,
): Promise<SideProcess> {
  const spec: IntermediarySpec = { port, delayMs }
  const started = startNode('../payments/intermediary-process.ts', {
    INTERMEDIARY: JSON.stringify(spec),
  })
  await started.printed('listening')
  return started
}

/** Configures the body of the bench and so many of its digital services at the payment proxy, which runs. */
export async function configureServices(
  { folder: dataDir, portBase }: Platform,
  count: number,
): Promise<readonly string[]> {
  const services = Array.from({ length: count }, (_, n) => idOf('service', n))
  for (const service_id of services) await seed({ dataDir, portBase }, { tenant_id, service_id })
  return services
}
