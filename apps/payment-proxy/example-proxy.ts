import { type ExamplePorts, examplePorts } from '#apps/payment-proxy/example-ports'
import type { ConfigurationAccess } from '#apps/payment-proxy/configuration/desk'
import { exampleAccess, exampleKeys } from '#apps/payment-proxy/example-access'
import { paymentProxyDocs } from '#apps/payment-proxy/docs/api'
import { paymentProxy } from '#apps/payment-proxy/proxy'
import { keepingTo } from '#apps/platform/api-docs/example-contract'
import { openApiOf } from '#apps/platform/api-docs/open-api'
import { unsealing } from '#apps/platform/intermediaries'
import { pdfmakeRenderer } from '#apps/platform/pdfmake-renderer'
import { urlsOf } from '#apps/platform/payment-urls'
import { listen } from '#apps/platform/http'
import { examplepay } from '#connectors/examplepay/index'
import { type ExamplepaySandbox, startExamplepaySandbox } from '#connectors/examplepay/sandbox'
import type { Configuration, IntermediaryConnector } from '#ports/intermediary'
import { toPaymentExchange } from '#streams/payments/noted-intermediary'
import { samplePayment, serviceRow, tenantRow } from '#streams/payments/samples'
import { toCurrent } from '#streams/payments/to-current'

/** A proxy over a real socket, before the real sandbox of examplepay. Whatever it answers is held against its document. */
export interface ExampleProxy extends Omit<ExamplePorts, 'ports'> {
  readonly ports: ExamplePorts['ports']
  readonly sandbox: ExamplepaySandbox
  /** What was noted of exchanges, in order. */
  readonly exchanges: ReturnType<typeof toPaymentExchange>[]
  /** Opens a debt position of the sample payment under this id, and puts the payment into the index. */
  open(id: string, given?: { readonly status?: string; readonly cents?: number }): Promise<void>
  /** What was written about one payment, in order. */
  factsOf(id: string): ExamplePorts['facts']
  /** Changes columns of a payment's row. */
  set(id: string, columns: Record<string, unknown>): void
  /** From now on it is as while its tables are being read. */
  unread(): void
  /** GET unless said otherwise; redirects are not followed. */
  call(path: string, init?: RequestInit): Promise<Response>
  stop(): Promise<void>
}

/** Where the payers of the sample body may be sent: to the sandbox, and back to the page of the sample payment. */
export const exampleHosts = ['127.0.0.1', 'servizi.comune.example']
/** Where those may be sent whose body lists no hosts. */
export const installationHosts = ['127.0.0.1', 'installation.example']

export const exampleSecrets = { api_key: 'example-key', notify_secret: 'example-notify-secret' }

/** The sample body, as every intermediary is told of it. */
export const exampleCreditor = {
  name: 'Comune di Bugliano',
  tax_identification_number: '01234567897',
}

/** The id of the nth payment of a test. */
export const exampleId = (n: number): string =>
  `5f0c7a52-2a0d-4c55-9a3e-${String(n).padStart(12, '0')}`

export const iudOf = (id: string): string => id.replaceAll('-', '')

/** Starts both; `connector` takes the place of examplepay, under its own name, `besides` are served, too. */
export async function startExampleProxy(
  connector: IntermediaryConnector = examplepay,
  besides: readonly IntermediaryConnector[] = [],
  access: ConfigurationAccess = exampleAccess,
): Promise<ExampleProxy> {
  const sandbox = await startExamplepaySandbox(exampleSecrets)
  const example = examplePorts()
  const configuration: Configuration = {
    tenant: {
      ...exampleCreditor,
      base_url: sandbox.url,
      timeout_ms: 4_000,
      allowed_hosts: exampleHosts,
      ...exampleSecrets,
    },
    service: { due_type: 'CANONE' },
  }
  configure(example, connector.name, configuration)
  const { log, metrics, ...opened } = example.ports
  const exchanges: ExampleProxy['exchanges'] = []
  let isRead = true
  const app = paymentProxy({
    connectors: [connector, ...besides].map((one) => unsealing(one, exampleKeys)),
    access,
    allowedHosts: installationHosts,
    renderer: pdfmakeRenderer(),
    landedCheckMs: 250,
    ports: () => (isRead ? opened : undefined),
    log,
    metrics,
    notesOf: (noted) => (exchange) => void exchanges.push(toPaymentExchange(noted, exchange)),
    status: () => ({ problems: [] }),
  })
  example.keeper.serve([connector, ...besides])
  const server = await listen(app, 0)
  const documented = keepingTo(openApiOf(paymentProxyDocs([connector, ...besides])))
  const set = (id: string, columns: Record<string, unknown>) =>
    void example.payments.set(id, { ...example.payments.get(id), ...columns })
  return {
    ...example,
    sandbox,
    exchanges,
    set,
    unread: () => void (isRead = false),
    factsOf: (id) => example.facts.filter(({ payment_id }) => payment_id === id),
    async open(id, { status = 'PAYMENT_PENDING', cents = 4250 } = {}) {
      const sample = samplePayment()
      const details = { ...sample.payment, iud: iudOf(id), amount: cents, split: [] }
      const payment = { ...sample, id, payment: details }
      const request = examplepay.composeOpening(payment, configuration)
      const { addresses, links } = urlsOf(server.url, server.url)(connector.name, id)
      await examplepay.connect(configuration).openDebtPosition(request, addresses)
      const online_payment_begin_url = links.online_payment_begin
      set(id, { ...toCurrent(payment), id, status, online_payment_begin_url })
    },
    call: async (path, init) =>
      documented(path, init, await fetch(server.url + path, { redirect: 'manual', ...init })),
    stop: async () => void (await Promise.all([server.close(), sandbox.stop()])),
  }
}

function configure(example: ExamplePorts, connector: string, configuration: Configuration): void {
  const tenant = tenantRow({ config: JSON.stringify(configuration.tenant) }).value as object
  const service = serviceRow({ config: JSON.stringify(configuration.service) }).value as object
  const { tenant_id, service_id } = samplePayment()
  example.tenants.set(`${connector}/${tenant_id}`, { ...tenant })
  example.services.set(`${connector}/${service_id}`, { ...service })
}
