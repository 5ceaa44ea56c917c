import { describe, expect, it } from 'vitest'
import { allTopics } from '#apps/platform/contracts'
import { declaredUnits as units } from '#apps/platform/declared-units'
import { edges } from '#apps/platform/edges'
import { topicPlan } from '#core/topic-plan'

const nameOf = ({ name }: { readonly name: string }) => name
/** Topics of the engine itself: written by whatever runs units, and by the operator's commands. */
const ofTheEngine: readonly string[] = [
  'corrente.units',
  'corrente.redrives',
  'corrente.operations',
]
const writersOf = (name: string) => [
  ...units
    .filter(({ outputs, state }) => [...outputs, state].some((topic) => topic?.name === name))
    .map(nameOf),
  ...edges.filter(({ outputs }) => outputs.some((topic) => topic.name === name)).map(nameOf),
]

describe('topology', () => {
  it('gives every unit and every topic a name of its own', () => {
    const names = [...units, ...edges, ...allTopics].map(nameOf)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9.-]{0,200}$/)
  })

  const ofOneWriter = ['events', 'changelog', 'table']
  it.each(allTopics.filter(({ kind }) => ofOneWriter.includes(kind)))(
    '$name has one writer',
    ({ name }) => {
      expect(ofTheEngine.includes(name) ? ['the engine'] : writersOf(name)).toHaveLength(1)
    },
  )

  it.each(allTopics.filter(({ kind }) => kind === 'facts'))('$name has a writer', ({ name }) => {
    expect(ofTheEngine.includes(name) ? ['the engine'] : writersOf(name)).not.toEqual([])
  })

  it('lets nobody but its unit see a changelog', () => {
    for (const { name, input, lookups, outputs } of units) {
      for (const topic of [input, ...outputs, ...Object.values(lookups ?? {})]) {
        expect(topic.kind, `${topic.name} in ${name}`).not.toBe('changelog')
      }
    }
  })

  it('looks up tables only, and none that the unit writes itself', () => {
    for (const { lookups, outputs } of [...units, ...edges]) {
      for (const table of Object.values(lookups ?? {})) {
        expect(table.kind).toBe('table')
        expect(outputs.map(({ name }) => name)).not.toContain(table.name)
      }
    }
  })

  it('keeps state under the number of the input partition', () => {
    const plan = topicPlan(allTopics, units)
    for (const { state, input } of units) {
      if (!state) continue
      expect(plan.find(({ name }) => name === state.name)?.partitions).toEqual({ as: input.name })
    }
  })

  it('reads like this', () => {
    const lines = units.map(({ input, name, outputs, lookups, timers }) => {
      const looked = Object.values(lookups ?? {}).map((table) => table.name)
      const asks = looked.length > 0 ? ` (asks ${looked.join(', ')})` : ''
      const wakes = timers ? ' (wakes itself)' : ''
      return `${input.name} > ${name}${asks}${wakes} > ${outputs.map((topic) => topic.name).join(', ')}`
    })
    expect(lines).toMatchInlineSnapshot(`
      [
        "applications > payment-dispatcher (asks payments.current) > payments",
        "payments > payment-intake (asks payment.tenants, payment.services) > payment.seen, payment.facts, payment.openings",
        "payment.openings > debt-position-opener (asks payment.tenants, payment.services) > payment.facts",
        "payment.facts > payment-keeper (wakes itself) > payments, payment.anomalies, application-updates",
        "payment.seen > payment-index > payments.current, payments.open, payment.contributions",
        "payment.contributions > payments-by-service-day > payments.by-service-day",
        "payments > payment-updater > application-updates",
        "application-updates > application-notifier (wakes itself) > payment.facts",
        "payment.configurations > configuration-keeper > payment.tenants, payment.services, payment.configuration-versions, payment.configuration-refusals",
        "users > dues-requester (asks payment.tenants, payment.services) > payment.dues-requests",
        "payment.dues-requests > dues-importer (asks payment.tenants, payment.services, payments.current) > payments",
        "debits > debit-authoriser (wakes itself) > debits.decisions, ledger.entries, statements.entries, debits.cards",
        "payments > payment-notifications > notifications",
        "notifications > notification-sender > notifications.deliveries",
        "export-requests > export-intake > export.facts, export.tellings",
        "export.facts > export-keeper (wakes itself) > exports.current, exports.requested, export.extractions, export.splittings, pdf-jobs, export.packings, export.purgings, export.tellings",
        "export.extractions > export-extractor > export.facts",
        "export.splittings > export-splitter > export.facts",
        "pdf-jobs > export-renderer (asks exports.current) > export.facts",
        "export.packings > export-packer > export.facts",
        "export.purgings > export-purger > export.facts",
        "export.tellings > export-notifications > notifications",
      ]
    `)
  })
})
