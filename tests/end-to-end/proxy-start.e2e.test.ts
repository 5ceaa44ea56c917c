import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { addressesOf } from '#apps/corrente/demo-apps'
import { startPaymentProxy } from '#apps/payment-proxy/main'
import { switchableProxy } from '#tests/engine/switchable-proxy'
import { platformOf, type TestStack } from '#tests/stack'
import { openUpstream } from '#tests/upstream'

let registry: Awaited<ReturnType<typeof switchableProxy>>
beforeEach(async () => {
  registry = await switchableProxy(Number(new URL(inject('stack').registryUrl).port))
})
afterEach(() => registry.close())

const address = () => addressesOf(inject('stack').portBase).paymentProxy
const at = (path: string) => fetch(address() + path)
const problems = async () => {
  const answer = await at('/status').catch(() => undefined)
  return answer && ((await answer.json()) as { problems: string[] }).problems.join('; ')
}

/** A configuration as it lies on its topic. */
async function writeRow(stack: TestStack): Promise<void> {
  const tenant_id = randomUUID()
  const row = {
    id: `examplepay/${tenant_id}`,
    connector: 'examplepay',
    tenant_id,
    active: false,
    version: 1,
    updated_at: '2026-01-15T10:00:00+01:00',
    config: '{}',
  }
  const upstream = await openUpstream(stack)
  try {
    await upstream.bytes('payment.tenants', row.id, await upstream.encode('payment.tenants', row))
  } finally {
    await upstream.close()
  }
}

describe('a payment proxy that starts while the registry is away', () => {
  it('answers that it is not ready and why, and is ready once the registry is back', async () => {
    const stack = inject('stack')
    // A row whose schema it must ask for.
    await writeRow(stack)
    const { pathname } = new URL(stack.registryUrl)
    registry.switch(false)
    const started = startPaymentProxy({
      ...platformOf(stack),
      CORRENTE_HOME: stack.dataDir,
      SCHEMA_REGISTRY_URL: `http://127.0.0.1:${registry.port}${pathname}`,
      CORRENTE_CONFIG_KEYS: `test:${'A'.repeat(43)}=`,
      CORRENTE_JWT_SECRET: 'x'.repeat(32),
      LOG_LEVEL: 'silent',
      PORT: new URL(address()).port,
    })
    try {
      await expect
        .poll(problems, { timeout: 20_000 })
        .toMatch(/the tables are not read yet; .*payment\.tenants waits: the schema registry at/)
      expect((await at('/status')).status).toBe(503)
      const answer = await at(`/examplepay/landing/${randomUUID()}`)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('5')
      expect(answer.headers.get('content-type')).toContain('application/problem+json')

      registry.switch(true)
      await started
      await expect.poll(problems, { timeout: 20_000 }).toBe('')
      expect((await at('/status')).status).toBe(200)
      expect((await at(`/examplepay/landing/${randomUUID()}`)).status).toBe(404)
    } finally {
      registry.switch(true)
      await (await started).close()
    }
  })
})
