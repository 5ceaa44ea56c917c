import { describe, expect, it } from 'vitest'
import { exampleBody } from '#apps/exports-api/example-api'
import { wantedIn } from '#apps/exports-api/reading/wanted'
import { Problem } from '#apps/platform/problem'

function refusedOf(body: unknown): Problem {
  try {
    wantedIn(body)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('it was taken')
}

describe('what is wanted', () => {
  it('lives for 240 minutes and takes no failure, where nothing else is said', () => {
    expect(wantedIn(exampleBody())).toEqual({
      terms: {
        tenant_id: 'tenant-a',
        source: 'ledger',
        batch_id: 'lote-1',
        filter: null,
        output: 'PDF',
        template: 'receipt@1',
        language: 'es-CO',
        tolerated_failures: 0,
        tolerated_percent: 0,
        lifetime_minutes: 240,
      },
      notify: null,
    })
  })

  it('has one text of a filter, whatever order its members come in', () => {
    const one = wantedIn(exampleBody({ filter: { to: '2026-02', from: { day: 1, at: [1, 2] } } }))
    const other = wantedIn(exampleBody({ filter: { from: { at: [1, 2], day: 1 }, to: '2026-02' } }))
    expect(one.terms.filter).toBe('{"from":{"at":[1,2],"day":1},"to":"2026-02"}')
    expect(other.terms.filter).toBe(one.terms.filter)
  })

  it('has its language in one spelling', () => {
    expect(wantedIn(exampleBody({ language: 'es-co' })).terms.language).toBe('es-CO')
  })

  it('names a template by its version, or by its name alone', () => {
    for (const template of ['receipt@1', 'receipt']) {
      expect(wantedIn(exampleBody({ template })).terms.template).toBe(template)
    }
  })

  it('is a CSV that is made from no template', () => {
    expect(wantedIn(exampleBody({ output: 'CSV', template: null })).terms.template).toBeNull()
  })

  it.each([
    { changes: { tenant_id: undefined }, pointer: '/tenant_id', why: 'is missing' },
    { changes: { tenant_id: 7 }, pointer: '/tenant_id', why: 'must be text' },
    { changes: { tenant_id: '../b' }, pointer: '/tenant_id', why: 'must be letters' },
    { changes: { source: 'a b' }, pointer: '/source', why: 'must be the name of a source' },
    { changes: { batch_id: '' }, pointer: '/batch_id', why: 'must be 1 to 128 characters' },
    { changes: { batch_id: 'a\nb' }, pointer: '/batch_id', why: 'must be 1 to 128 characters' },
    { changes: { filter: 'all' }, pointer: '/filter', why: 'must be a JSON object' },
    { changes: { filter: ['all'] }, pointer: '/filter', why: 'must be a JSON object' },
    { changes: { filter: { a: 'x'.repeat(5_000) } }, pointer: '/filter', why: 'at most 4096' },
    { changes: { filter: { id: 2 ** 60 } }, pointer: '/filter', why: 'loses digits' },
    { changes: { output: 'pdf' }, pointer: '/output', why: 'must be CSV or PDF' },
    { changes: { template: undefined }, pointer: '/template', why: 'is missing' },
    { changes: { template: '../x@1' }, pointer: '/template', why: 'must be a template' },
    { changes: { template: 'receipt@latest' }, pointer: '/template', why: 'must be a template' },
    { changes: { output: 'CSV' }, pointer: '/template', why: 'is given' },
    { changes: { language: 'espanol!' }, pointer: '/language', why: 'BCP 47' },
    { changes: { language: undefined }, pointer: '/language', why: 'is missing' },
    { changes: { tolerated_failures: -1 }, pointer: '/tolerated_failures', why: 'from 0' },
    { changes: { tolerated_percent: 101 }, pointer: '/tolerated_percent', why: 'from 0 to 100' },
    { changes: { tolerated_failures: 1.5 }, pointer: '/tolerated_failures', why: 'whole number' },
    { changes: { lifetime_minutes: 0 }, pointer: '/lifetime_minutes', why: 'from 1 to 1440' },
    { changes: { lifetime_minutes: 1_441 }, pointer: '/lifetime_minutes', why: 'from 1 to 1440' },
  ])('is not taken with $changes', ({ changes, pointer, why }) => {
    const { status, members, detail } = refusedOf(exampleBody(changes))
    expect({ status, ...members }).toEqual({ status: 422, code: 'invalid-member', pointer })
    expect(detail).toContain(why)
  })

  it.each([[], 'text', null, 7])('is no %j', (body) => {
    expect(refusedOf(body).members).toEqual({ code: 'invalid-body', pointer: '' })
  })

  it('has no member that is not known, and nothing of it is repeated', () => {
    const { detail, members } = refusedOf(exampleBody({ 'María Pérez': 1 }))
    expect({ detail, ...members }).toEqual({
      detail: 'a member is not known here',
      code: 'unknown-member',
    })
    expect(refusedOf(exampleBody({ callback_url: 'x' })).detail).toBe(
      'callback_url is not known here',
    )
  })

  it('is never repeated where it is refused', () => {
    for (const name of ['tenant_id', 'source', 'template', 'language', 'output']) {
      const { detail } = refusedOf(exampleBody({ [name]: 'María Pérez, 52.123.456' }))
      expect(detail).not.toContain('Pérez')
    }
  })
})
