import { describe, expect, it } from 'vitest'
import { checks } from '#apps/corrente/conformance/checks/checks'
import {
  answer,
  exampleObserved,
  withAnswer,
  withPayment,
} from '#apps/corrente/conformance/example-observed'
import type { Observed } from '#apps/corrente/conformance/observed'
import { isConformant, markdownOf, reportOf } from '#apps/corrente/conformance/report'

const told = {
  proxy: 'https://proxy.example',
  topic: 'payments',
  startedAt: new Date('2026-03-10T08:15:02Z'),
  endedAt: new Date('2026-03-10T08:15:22Z'),
}
const of = (observed: Observed, isGivenUp = false) =>
  reportOf({ observed, isGivenUp, leftBehind: ['2 payments'] }, told)

describe('the report', () => {
  it('has a shape that stays', () => {
    const report = of(exampleObserved())
    expect(report).toMatchObject({
      form: 1,
      proxy: 'https://proxy.example',
      topic: 'payments',
      encoding: 'json',
      app_ids: ['other-payment-proxy:3.1.4'],
      started_at: '2026-03-10T09:15:02+01:00',
      ended_at: '2026-03-10T09:15:22+01:00',
      is_given_up: false,
      counts: { passed: checks.length, failed: 0, 'not-applicable': 0, 'not-tried': 0 },
      left_behind: ['2 payments'],
    })
    expect(report.checks[0]).toEqual({
      id: 'tenant-form',
      requirement: expect.any(String) as string,
      source: 'configuration API',
      outcome: 'passed',
      seen: 'GET https://proxy.example/tenants/schema answered 200 with 1 components',
    })
  })

  it('is of a proxy that conforms only where nothing failed and all was reached', () => {
    expect(isConformant(of(exampleObserved()))).toBe(true)
    expect(isConformant(of(exampleObserved(), true))).toBe(false)
    expect(isConformant(of(withAnswer('update', answer('GET /update/p', 500))))).toBe(false)
    const nothing = { encoding: 'json', exchanges: {}, payments: {}, malformedCount: 0 } as const
    expect(isConformant(of(nothing))).toBe(false)
  })

  it('is a page with what failed first, and a row for each check', () => {
    const page = markdownOf(of(withAnswer('update', answer('GET /update/p', 500))))
    expect(page).toContain(
      '- `update` (acceptance list): expected 2xx; seen GET /update/p answered 500',
    )
    expect(page.indexOf('## Failed')).toBeLessThan(page.indexOf('## All'))
    expect(page.match(/^\| `/gm)).toHaveLength(checks.length)
    expect(markdownOf(of(exampleObserved()))).not.toContain('## Failed')
  })

  it('is not broken by what a stranger writes, and names nobody', () => {
    const hostile = withPayment('main', ({ events }) => ({
      events: events.map((event) => ({
        ...event,
        value: { ...event.value, app_id: 'a|b\n<script>', event_version: '|\n|' },
      })),
    }))
    const page = markdownOf(of(hostile))
    expect(page).not.toContain('<script>')
    expect(page.match(/^\| `/gm)).toHaveLength(checks.length)
    for (const text of ['Luca', 'PRVLCU', 'token=x']) {
      expect(page + JSON.stringify(of(hostile))).not.toContain(text)
    }
  })
})
