import { describe, expect, it } from 'vitest'
import { checks } from '#apps/corrente/conformance/checks/checks'
import { failures, idsOf } from '#apps/corrente/conformance/checks/example-judgement'
import { answer, exampleObserved, withAnswer } from '#apps/corrente/conformance/example-observed'

describe('the list of checks', () => {
  it('has an id, a sentence and a source for each, no id twice', () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
    for (const { id, requirement, source } of checks) {
      expect([id, requirement, source]).not.toContain('')
      expect(id).toMatch(/^[a-z0-9-]+$/)
    }
  })

  it('passes a proxy that does everything right', () => {
    expect(idsOf(exampleObserved(), 'passed')).toEqual(checks.map(({ id }) => id))
  })

  it('passes nothing where nothing was seen', () => {
    const nothing = { encoding: 'json', exchanges: {}, payments: {}, malformedCount: 0 } as const
    expect(idsOf(nothing, 'not-tried')).toEqual(checks.map(({ id }) => id))
  })

  it('does not ask of Avro what its schema cannot say', () => {
    expect(idsOf(exampleObserved('avro'), 'not-applicable')).toEqual([
      'version-integer',
      'version-float',
      'unknown-members',
      'split-null',
      'split-map',
    ])
  })
})

describe('an answer that is not the right one', () => {
  const noPdf = { headers: { 'content-type': 'text/html' }, body: '<html>' }
  it.each([
    ['tenant-form', 'tenant-form', answer('GET /tenants/schema', 200)],
    ['tenant-before', 'tenant-unknown', answer('GET /tenants/t', 200)],
    ['tenant-put', 'tenant-inserted', answer('PUT /tenants/t', 404)],
    ['tenant-read', 'tenant-inserted', answer('GET /tenants/t', 404)],
    ['tenant-put-again', 'tenant-replaced', answer('PUT /tenants/t', 409)],
    ['service-put', 'service-inserted', answer('PUT /services/s', 422)],
    ['service-post', 'service-posted', answer('POST /services', 405)],
    ['service-read-deleted', 'service-deleted', answer('GET /services/o', 200)],
    ['tenant-without-token', 'writes-need-a-token', answer('PUT /tenants/t', 200)],
    ['preflight', 'preflight', answer('OPTIONS /tenants/t', 405)],
    ['read-from-page', 'reads-are-open', answer('GET /tenants/t', 401)],
    ['status', 'status', answer('GET /status', 503)],
    ['metrics', 'metrics', answer('GET /metrics', 200, noPdf)],
    ['notice', 'notice', answer('GET /notice/p', 200, noPdf)],
    ['notice-other-name', 'notice-both-names', answer('GET /offline-payment/p', 404)],
    ['online', 'online', answer('GET /online-payment/p', 200)],
    ['landing', 'landing', answer('GET /landing/p', 302, { headers: { location: '/else' } })],
    ['update', 'update', answer('GET /update/p', 502)],
    ['receipt', 'receipt', answer('GET /receipt/p', 409)],
    ['due-update', 'pending-new-stored', answer('GET /update/d', 404)],
    ['due-online', 'pending-new-payable', answer('GET /online-payment/d', 404)],
  ] as const)('to %s fails %s', (name, id, wrong) => {
    expect(failures(withAnswer(name, wrong))).toEqual([id])
  })

  it('fails where there is none at all', () => {
    const none = withAnswer('receipt', { asked: 'GET /receipt', error: 'ECONNREFUSED' })
    expect(failures(none)).toEqual(['receipt'])
  })

  it('is no failure where the level has nothing to configure', () => {
    const none = withAnswer('service-form', answer('GET /services/schema', 404))
    expect(idsOf(none, 'not-applicable')).toEqual(['service-form'])
  })
})
