import { configurationOperations } from '#apps/payment-proxy/docs/configuration-operations'
import { configurationSchemas } from '#apps/payment-proxy/docs/configuration-schemas'
import { paymentOperations } from '#apps/payment-proxy/docs/payment-operations'
import { problem, schemas } from '#apps/payment-proxy/docs/schemas'
import type { Api } from '#apps/platform/api-docs/api'
import type { IntermediaryConnector } from '#ports/intermediary'

/** What the proxy serves with these connectors, each under its name. */
export const paymentProxyDocs = (connectors: readonly IntermediaryConnector[]): Api => ({
  title: 'payment proxy',
  description:
    'The addresses in the links of payments, the notifications of intermediaries, and the configuration of both, for each intermediary under its name. Pages of the origins that the settings allow may call the configuration from a browser.',
  token: 'a token of the platform that speaks for the public body, to change a configuration',
  operations: connectors.flatMap((one) => [
    ...paymentOperations(one),
    ...configurationOperations(one),
  ]),
  schemas: Object.assign({}, schemas, ...connectors.map(configurationSchemas)) as typeof schemas,
  problem,
})
