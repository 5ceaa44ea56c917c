import { afterEach, describe, expect, it } from 'vitest'
import { judged } from '#apps/corrente/conformance/checks/checks'
import { examplePlan } from '#apps/corrente/conformance/example-plan'
import { givenAccess } from '#apps/corrente/conformance/intermediary'
import type { TrialLog } from '#apps/corrente/conformance/log/open-log'
import { jsonCodec } from '#apps/corrente/conformance/log/trial-codec'
import type { Json, SeenEvent } from '#apps/corrente/conformance/observed'
import type { Plan } from '#apps/corrente/conformance/plan'
import { runTrial, type Trial } from '#apps/corrente/conformance/run-trial'
import type { Fault } from '#tests/foreign-proxy/payments'
import { type ForeignProxy, serveForeignProxy } from '#tests/foreign-proxy/serve'

let stop = async (): Promise<void> => undefined
afterEach(() => stop())

/** A stranger's proxy behind a log in memory; `onWrite` is called before it is given an event. */
async function stranger(faults: readonly Fault[] = [], onWrite: () => void = () => undefined) {
  const written: Json[] = []
  const own = new Set<string>()
  const proxy = await serveForeignProxy({
    name: 'other',
    faults,
    write: async (_key, text) => void written.push(JSON.parse(text) as Json),
  })
  stop = () => proxy.stop()
  const log: TrialLog = {
    codec: jsonCodec,
    async write(_key, value) {
      onWrite()
      if (value) await proxy.take(value.toString('utf8'))
    },
    watch: () => undefined,
    own: (id) => void own.add(id),
    eventsOf: (id) =>
      written.flatMap((value, at): SeenEvent[] =>
        value['id'] === id ? [{ at: `payments@0:${at}`, value }] : [],
      ),
    close: async () => undefined,
  }
  return { proxy, log }
}

const planOf = ({ url, token, origin }: ForeignProxy, more: Partial<Plan> = {}): Plan => ({
  ...examplePlan,
  proxy: url,
  token,
  origin,
  patienceMs: 500,
  intermediary: givenAccess({
    payUrl: `${url}/portal/{id}/pay`,
    landingUrl: `${url}/landing/{id}`,
    dueCommand: `echo '{"iuv":"000000000000999"}'`,
  }),
  ...more,
})
const idsOf = ({ observed }: Trial, outcome: string) =>
  judged(observed).flatMap((check) => (check.outcome === outcome ? [check.id] : []))
const live = { signal: new AbortController().signal, report: () => undefined }
const isActive = async (url: string) =>
  ((await (await fetch(url)).json()) as { readonly active: boolean }).active

describe('a run', () => {
  it('sees all of a proxy that does as required, and leaves nothing active', async () => {
    const { proxy, log } = await stranger()
    const plan = planOf(proxy)
    const trial = await runTrial(plan, log, live)
    expect(idsOf(trial, 'failed')).toEqual([])
    expect(idsOf(trial, 'not-tried')).toEqual([])
    expect(trial.leftBehind).toEqual([
      `the inactive configuration services/${plan.service.id}`,
      `the inactive configuration tenants/${plan.tenant.id}`,
      '17 trial payments on the topic, and debts that nobody pays at the intermediary',
      '18 malformed events on the topic',
    ])
  })

  it.each([
    ['milliseconds', 'dates-written'],
    ['strict-members', 'unknown-members'],
    ['opens-again', 'pending-known-ignored'],
  ] as const)('sees that a proxy does wrong: %s', async (fault, id) => {
    const { proxy, log } = await stranger([fault])
    expect(idsOf(await runTrial(planOf(proxy), log, live), 'failed')).toEqual([id])
  })

  it('does not try what it was given nothing for, and says so', async () => {
    const { proxy, log } = await stranger()
    const plan = planOf(proxy, { intermediary: {}, origin: undefined })
    const trial = await runTrial(plan, log, live)
    expect(idsOf(trial, 'not-tried')).toEqual([
      'reads-are-open',
      'preflight',
      'landing',
      'landing-recorded',
      'paid',
      'receipt',
      'pending-new-stored',
      'pending-new-payable',
    ])
    expect(idsOf(trial, 'failed')).toEqual([])
  })

  describe('of a proxy that gives neither numbers nor documents', () => {
    const ungiven = ['numbers', 'notice', 'notice-recorded', 'receipt']

    it('asks for them, where its intermediary may have them', async () => {
      const { proxy, log } = await stranger(['only-a-page'])
      const trial = await runTrial(planOf(proxy), log, live)
      expect(idsOf(trial, 'failed')).toEqual(ungiven)
      expect(idsOf(trial, 'not-tried')).toEqual(['notice-both-names'])
    })

    it('does not, where its intermediary is known to give none', async () => {
      const { proxy, log } = await stranger(['only-a-page'])
      const plan = planOf(proxy)
      const intermediary = {
        ...plan.intermediary,
        whyUnnumbered: async () => 'it gives no numbers',
        lacks: { notice: 'it gives no notice', receipt: 'it gives no receipt' },
      }
      const trial = await runTrial({ ...plan, intermediary }, log, live)
      expect(idsOf(trial, 'failed')).toEqual([])
      expect([...idsOf(trial, 'not-tried')].sort()).toEqual(
        [...ungiven, 'notice-both-names'].sort(),
      )
    })
  })

  it('waits for nothing that was not written', async () => {
    const { proxy, log } = await stranger()
    const avro = { ...log, codec: { ...jsonCodec, encoding: 'avro' as const } }
    const trial = await runTrial(planOf(proxy, { patienceMs: 600_000 }), avro, live)
    expect(idsOf(trial, 'not-applicable')).toContain('version-integer')
    expect(idsOf(trial, 'failed')).toEqual([])
  })

  it('opens no debt without a configuration', async () => {
    const { proxy, log } = await stranger()
    const trial = await runTrial(planOf(proxy, { token: undefined }), log, live)
    expect(idsOf(trial, 'passed')).toEqual([
      'tenant-form',
      'service-form',
      'tenant-unknown',
      'writes-need-a-token',
      'reads-are-open',
      'preflight',
      'status',
      'metrics',
    ])
    expect(idsOf(trial, 'failed')).toEqual([])
    expect(trial.leftBehind).toEqual([])
  })

  it('replaces no configuration that somebody uses', async () => {
    const { proxy, log } = await stranger()
    const plan = planOf(proxy)
    await fetch(`${proxy.url}/tenants/${plan.tenant.id}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${proxy.token}`, 'content-type': 'application/json' },
      body: '{"name":"In use"}',
    })
    await expect(runTrial(plan, log, live)).rejects.toThrow('is configured at')
    expect(await isActive(`${proxy.url}/tenants/${plan.tenant.id}`)).toBe(true)
  })

  it('that is given up makes inactive what it configured, and judges what it saw', async () => {
    const giving = new AbortController()
    const { proxy, log } = await stranger([], () => giving.abort())
    const plan = planOf(proxy)
    const trial = await runTrial(plan, log, { ...live, signal: giving.signal })
    expect(trial.isGivenUp).toBe(true)
    expect(idsOf(trial, 'failed')).toEqual([])
    expect(idsOf(trial, 'passed')).toContain('tenant-inserted')
    expect(idsOf(trial, 'not-tried')).toContain('notice')
    expect(await isActive(`${proxy.url}/tenants/${plan.tenant.id}`)).toBe(false)
    expect(await isActive(`${proxy.url}/services/${plan.service.id}`)).toBe(false)
  })
})
