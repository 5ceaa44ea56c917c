import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askedSeries } from '#tests/monitoring/asked-series'
import { type Exposition, readExposition } from '#tests/monitoring/exposition'
import { ownMetrics } from '#tests/monitoring/own-metrics'
import { hasPromtool, promtool } from '#tests/monitoring/promtool'
import { openScene, type Scene } from '#tests/scene'

/** What only something that happens brings, and this test does not wait for: it is registered in the process that has it. */
const onEvent: readonly string[] = [
  'corrente_circuit_state',
  'corrente_dead_letters_total',
  'corrente_debit_late_total',
  'corrente_debit_request_seconds_bucket',
  'corrente_debit_requests_total',
  'corrente_errors_total',
  'corrente_export_orphans_total',
  'corrente_export_sweeps_total',
  'corrente_exports_total',
  'corrente_notifications_total',
  'corrente_poller_call_seconds_bucket',
  'corrente_poller_calls_total',
  'corrente_poller_due',
  'corrente_poller_forbidden_total',
  'corrente_poller_lateness_seconds_bucket',
  'corrente_poller_overdue_seconds',
  'corrente_refused_pages_total',
  'corrente_restore_remaining',
]
/** Of the stand-in of ksqlDB, which runs beside a Postgres: these tests have none. */
const isOfStandIn = (name: string) => name.startsWith('corrente_ksql_')

let scene: Scene
let close = async (): Promise<void> => undefined
beforeAll(async () => {
  ;({ scene, close } = await openScene(inject('stack')))
})
afterAll(() => close())

const textOf = async (url: string): Promise<string> => {
  const answer = await fetch(`${url}/metrics`)
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  return answer.text()
}

/** What every process of the platform exposes, by name. */
async function exposed(): Promise<ReadonlyMap<string, string>> {
  const { worker, paymentProxy, ingest, poller, debitEdge, exportsApi, operations } =
    scene.addresses
  const urls = { worker, paymentProxy, ingest, poller, debitEdge, exportsApi, operations }
  const texts = Object.entries(urls).map(async ([name, url]) => [name, await textOf(url)] as const)
  return new Map(await Promise.all(texts))
}

const bareOf = (name: string) => name.replace(/_(bucket|sum|count)$/, '')
const isRegistered = (name: string, all: readonly Exposition[]) =>
  all.some(({ names }) => names.has(name) || names.has(bareOf(name)))

/** Names without a sample in any process, that there should be by now. */
function missing(names: readonly string[], texts: ReadonlyMap<string, string>): readonly string[] {
  const all = [...texts.values()].map(readExposition)
  const isThere = (name: string) => all.some(({ samples }) => samples.has(name))
  return names.filter((name) => !onEvent.includes(name) && !isThere(name))
}

describe('the numbers of the processes', () => {
  it('are all there that rules and dashboards ask for, with their labels, and in the form Prometheus reads', async () => {
    const application = scene.application()
    await scene.apply(application)
    await scene.reached(application.id, 'PAYMENT_PENDING')
    const names = askedSeries().filter((name) => !isOfStandIn(name))
    expect(names.length).toBeGreaterThan(35)
    // What the payment has set going is counted when it is committed, by one unit after the other.
    await expect.poll(async () => missing(names, await exposed()), { timeout: 20_000 }).toEqual([])

    const texts = await exposed()
    const all = [...texts.values()].map(readExposition)
    expect(names.filter((name) => !isRegistered(name, all))).toEqual([])
    for (const [name, { labels }] of ownMetrics()) {
      for (const { samples } of all) {
        const wanted = [...labels].sort()
        for (const given of samples.get(name) ?? []) expect([...given].sort(), name).toEqual(wanted)
      }
    }
    if (!hasPromtool) return
    for (const [, text] of texts) expect(() => promtool(['check', 'metrics'], text)).not.toThrow()
  })

  it('are those of its memory, its problems and its version in every process', async () => {
    for (const [process, text] of await exposed()) {
      const { samples } = readExposition(text)
      for (const name of [
        'corrente_problems',
        'corrente_build_info',
        'process_resident_memory_bytes',
      ]) {
        expect(samples.has(name), `${name} of ${process}`).toBe(true)
      }
    }
  })
})
