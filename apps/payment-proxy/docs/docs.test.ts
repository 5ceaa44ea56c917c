import { describe, expect, it } from 'vitest'
import { exampleAccess } from '#apps/payment-proxy/example-access'
import { formNameOf } from '#apps/payment-proxy/docs/configuration-schemas'
import { paymentProxyDocs } from '#apps/payment-proxy/docs/api'
import { paymentProxy } from '#apps/payment-proxy/proxy'
import {
  documentedRoutes,
  documentFaults,
  servedRoutes,
} from '#apps/platform/api-docs/example-contract'
import { openApiOf } from '#apps/platform/api-docs/open-api'
import { pdfmakeRenderer } from '#apps/platform/pdfmake-renderer'
import { examplepay } from '#connectors/examplepay/index'
import { intermediaries } from '#connectors/index'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { membersOf, secretsIn } from '#ports/configuration-form'
import { wholeForm } from '#streams/payments/validate-configuration'

const document = openApiOf(paymentProxyDocs(intermediaries))
const proxy = paymentProxy({
  ...{ connectors: intermediaries, access: exampleAccess, allowedHosts: [] },
  ...{ renderer: pdfmakeRenderer(), log: silentLog, metrics: newMetrics() },
  ports: () => undefined,
  status: () => ({ problems: [] }),
})

describe('the document of the proxy', () => {
  it('is OpenAPI, and so are its examples', async () => {
    expect(await documentFaults(document)).toEqual([])
  })

  it('says all that is served, and nothing else', () => {
    expect(documentedRoutes(document)).toEqual(servedRoutes(proxy))
  })

  it('has the paths that programs rely on: none goes without being taken off this list', () => {
    const ofOne = openApiOf(paymentProxyDocs([examplepay]))
    expect(documentedRoutes(ofOne)).toMatchInlineSnapshot(`
      [
        "delete /examplepay/services/{id}",
        "delete /examplepay/tenants/{id}",
        "get /docs",
        "get /docs/openapi.json",
        "get /examplepay/landing/{id}",
        "get /examplepay/notice/{id}",
        "get /examplepay/offline-payment/{id}",
        "get /examplepay/online-payment/{id}",
        "get /examplepay/receipt/{id}",
        "get /examplepay/services/schema",
        "get /examplepay/services/{id}",
        "get /examplepay/services/{id}/history",
        "get /examplepay/tenants/schema",
        "get /examplepay/tenants/{id}",
        "get /examplepay/tenants/{id}/history",
        "get /examplepay/update/{id}",
        "get /metrics",
        "get /status",
        "patch /examplepay/services/{id}",
        "patch /examplepay/tenants/{id}",
        "post /examplepay/check-payment",
        "post /examplepay/notify",
        "post /examplepay/retry/{id}",
        "post /examplepay/services",
        "post /examplepay/tenants",
        "put /examplepay/services/{id}",
        "put /examplepay/tenants/{id}",
      ]
    `)
    const names = intermediaries.map(({ name }) => name)
    expect(names).toEqual(['examplepay', 'external-page', 'govpay', 'mypay', 'iris'])
  })
})

describe.each(intermediaries)('the forms of $name', (connector) => {
  it.each(['TENANT', 'SERVICE'] as const)('are those it is configured by: %s', (level) => {
    const form = wholeForm(connector, level)!
    const schema = document.components.schemas[formNameOf(connector.name, level)]!
    const { properties = {} } = schema
    const named = membersOf(form).map(({ name, field }) => [name, field.label])
    const shown = Object.entries(properties).map(([name, { title }]) => [name, title])
    expect(shown).toEqual([...named, ['active', undefined]])
    for (const name of secretsIn(form)) expect(properties[name]).toMatchObject({ writeOnly: true })
  })
})
