import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import type { ConfigurationAccess } from '#apps/payment-proxy/configuration/desk'
import { exampleAccess, exampleBearer } from '#apps/payment-proxy/example-access'
import { startExampleProxy } from '#apps/payment-proxy/example-proxy'
import { examplepay } from '#connectors/examplepay/index'
import type { IntermediaryConnector } from '#ports/intermediary'

const otherpay: IntermediaryConnector = {
  ...examplepay,
  name: 'otherpay',
  forms: { service: examplepay.forms.service! },
}
const tenant_id = randomUUID()

/** Secrets of the body that is configured. */
export const secrets = {
  api_key: 'key-of-examplepay',
  notify_secret: 'a-secret-of-notifications',
}
export const tenant = {
  name: 'Comune di Bugliano',
  tax_identification_number: '00000000000',
  base_url: 'https://api.examplepay.example',
  ...secrets,
  active: true,
}
export const service = { tenant_id, due_type: 'CANONE', active: true }

type Headers = Readonly<Record<string, string>>

export const pathOf = (id: string, plural = 'services', connector = 'examplepay') =>
  `/${connector}/${plural}/${id}`
export const tenantPath = pathOf(tenant_id, 'tenants')
export const json = async (answer: Response) => (await answer.json()) as Record<string, unknown>

/** A proxy with a second connector, otherpay, and whoever configures a body of its own there. */
export async function startExampleConfigurations(changes: Partial<ConfigurationAccess> = {}) {
  const access = { ...exampleAccess, ...changes }
  const proxy = await startExampleProxy(examplepay, [otherpay], access)
  const authorization = await exampleBearer(tenant_id)
  const send = (method: string, path: string, body?: unknown, headers: Headers = {}) =>
    proxy.call(path, {
      method,
      headers: { authorization, 'content-type': 'application/json', ...headers },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  const put = (path: string, body: unknown, headers?: Headers) => send('PUT', path, body, headers)
  return {
    ...proxy,
    tenant_id,
    authorization,
    send,
    put,
    /** The path of a service that is configured so. */
    async configured(body: object = service) {
      const path = pathOf(randomUUID())
      const { status } = await put(path, body)
      if (status !== 201) throw new Error(`PUT was answered with ${status}`)
      return path
    },
  }
}

export type ExampleConfigurations = Awaited<ReturnType<typeof startExampleConfigurations>>

/** One for all tests of a file; given once they run. */
export function exampleConfigurations(): () => ExampleConfigurations {
  let proxy: ExampleConfigurations
  beforeAll(async () => {
    proxy = await startExampleConfigurations()
  })
  afterAll(() => proxy.stop())
  return () => proxy
}
