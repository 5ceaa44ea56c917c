import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { demoIntermediaries } from '#apps/corrente/demo-intermediaries'
import { openViews } from '#apps/corrente/open-views'
import { openTrialLog } from '#apps/corrente/conformance/log/open-log'
import type { ConformanceReport } from '#apps/corrente/conformance/report'
import { platformSettings } from '#apps/platform/settings'
import { runCommand } from '#tests/command'
import { startStandIn } from '#tests/contract/ksqldb/target'
import { idsOf, judgeOwn, notGivenBy, runMsMax, untriedOf } from '#tests/end-to-end/judge-own'
import { type ForeignProxy, startForeignProxy } from '#tests/foreign-proxy/foreign-proxy'
import { openScene, type PaymentVersion, type Scene } from '#tests/scene'
import { platformOf } from '#tests/stack'

const stack = inject('stack')
const { kafka, registry } = platformSettings(platformOf(stack))

/** What Avro has one form for. */
const onlyInJson = [
  'version-integer',
  'version-float',
  'unknown-members',
  'split-null',
  'split-map',
]

let folder = ''
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'conform-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the command against a stranger's proxy, which it knows nothing of but what a person would type. */
async function judgeForeign(proxy: ForeignProxy, patience: number) {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const { code, out } = await runCommand([
    ...['conform', '--yes-write-trial-payments', '--json', '--write', folder],
    ...['--proxy', proxy.url, '--brokers', stack.brokers, '--encoding', 'json'],
    ...['--tenant-config', file('tenant.json', '{"name":"Comune di Bugliano"}')],
    ...['--service-config', file('service.json', '{"due_type":"TARI"}')],
    ...['--token-file', file('token', proxy.token), '--origin', proxy.origin],
    ...['--pay-url', `${proxy.url}/portal/{id}/pay`, '--landing-url', `${proxy.url}/landing/{id}`],
    ...['--due-command', `echo '{"iuv":"000000000000999"}'`, '--patience', String(patience)],
  ])
  return { code, told: JSON.parse(out) as ConformanceReport }
}

describe('while our own proxy runs, in Avro', () => {
  let scene: Scene
  let close = async (): Promise<void> => undefined
  beforeAll(async () => void ({ scene, close } = await openScene(stack)))
  afterAll(() => close())

  it.each(demoIntermediaries)(
    'it conforms at $name but for what is known',
    { timeout: runMsMax },
    async (intermediary) => {
      const told = await judgeOwn(stack, intermediary, 'avro')
      expect(idsOf(told, 'failed')).toEqual([])
      expect(idsOf(told, 'not-applicable')).toEqual(onlyInJson)
      expect(untriedOf(told)).toEqual(notGivenBy(intermediary))
      const writer = new RegExp(`^${intermediary.name}-payment-proxy:`)
      expect(told.app_ids).toEqual([expect.stringMatching(writer)])
    },
  )

  it('the kit finds how a topic is written, or says what it lacks', async () => {
    const facts = { kafka, topic: 'payment.facts' }
    const log = await openTrialLog({ ...facts, registry })
    await log.close()
    expect(log.codec.encoding).toBe('avro')
    await expect(openTrialLog(facts)).rejects.toThrow('name the schema registry by --registry')
    await expect(openTrialLog({ kafka, topic: 'nobodys' })).rejects.toThrow('nobodys is missing')
  })

  describe("a stranger's proxy on the same topic", () => {
    const proxies: ForeignProxy[] = []
    const started = async (options: Omit<Parameters<typeof startForeignProxy>[0], 'brokers'>) => {
      const proxy = await startForeignProxy({ brokers: stack.brokers, ...options })
      proxies.push(proxy)
      return proxy
    }
    afterAll(async () => void (await Promise.all(proxies.map((proxy) => proxy.stop()))))

    it('that does as required conforms, in both forms of the report', async () => {
      const { code, told } = await judgeForeign(await started({ name: 'good' }), 30)
      expect(idsOf(told, 'failed')).toEqual([])
      expect(idsOf(told, 'not-tried')).toEqual([])
      expect(idsOf(told, 'not-applicable')).toEqual(['split-null', 'split-map'])
      expect(code).toBe(0)
      const page = readFileSync(join(folder, 'conformance.md'), 'utf8')
      for (const { id } of told.checks) expect(page).toContain(`\`${id}\``)
    })

    it('that does not is told what it does wrong', async () => {
      const faults = ['milliseconds', 'strict-members', 'opens-again'] as const
      const bad = await started({ name: 'bad', faults })
      const { code, told } = await judgeForeign(bad, 6)
      expect(idsOf(told, 'failed')).toEqual([
        'pending-known-ignored',
        'dates-written',
        'unknown-members',
      ])
      expect(code).toBe(1)
    })

    it('has its payments in payments_detail, and nothing of ours on them', async () => {
      const [{ appId }] = proxies as [ForeignProxy]
      const { value: paid } = await scene.watch.until('the paid one', () =>
        scene
          .on('payments', ({ value }) => {
            const { app_id, status } = (value ?? {}) as Partial<PaymentVersion>
            return app_id === appId && status === 'COMPLETE'
          })
          .at(0),
      )
      const { id, remote_id } = paid as PaymentVersion
      await scene.watch.until('its row', () =>
        scene
          .about('payments.current', id)
          .find(({ value }) => (value as { readonly status: string }).status === 'COMPLETE'),
      )
      expect(await detailOf(id)).toEqual([id, 'COMPLETE', appId])
      await scene.watch.caughtUp()
      expect(scene.about('payment.facts', id)).toEqual([])
      expect(scene.about('payment.openings', id)).toEqual([])
      const writers = scene.versionsOf(remote_id).map(({ value }) => value.app_id)
      expect(new Set(writers.slice(1))).toEqual(new Set([appId]))
    })
  })
})

/** What the Core is answered of a payment. */
async function detailOf(id: string): Promise<unknown> {
  const standIn = await startStandIn(stack)
  try {
    await openViews(standIn.url)
    const ksql = `SELECT ID, STATUS, APP_ID FROM payments_detail WHERE ID = '${id}';`
    const ask = async () => {
      const answer = await fetch(`${standIn.url}/query`, {
        method: 'POST',
        headers: { accept: 'application/vnd.ksql.v1+json', 'content-type': 'application/json' },
        body: JSON.stringify({ ksql }),
      })
      const rows = (await answer.json()) as { row?: { columns: unknown } }[]
      return Array.isArray(rows) ? rows[1]?.row?.columns : undefined
    }
    return await expect.poll(ask, { timeout: 30_000 }).toBeDefined().then(ask)
  } finally {
    await standIn.stop()
  }
}
