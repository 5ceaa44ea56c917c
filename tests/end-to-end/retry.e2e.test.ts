import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { configureAt, tokenFor } from '#apps/corrente/configure'
import { type Demo, startDemo } from '#apps/corrente/demo'
import { seed } from '#apps/corrente/seed'
import { configureBody } from '#tests/body'
import { runCommand } from '#tests/command'
import { isTold, openScene, type Scene, type Version } from '#tests/scene'
import { platformOf } from '#tests/stack'

const windowSeconds = 15
const refusedAtCreation = '10.02'

let scene: Scene
let close = async (): Promise<void> => undefined
let demo: Demo | undefined
let refusing: Server
/** Its window passes while the other test runs. */
let unasked: ReturnType<Scene['application']>
let statusInItsWindow: number | undefined
beforeAll(async () => {
  const stack = inject('stack')
  Object.assign(process.env, platformOf(stack))
  const retrying = { CORRENTE_RETRY_WINDOW_SECONDS: String(windowSeconds) }
  const platform = { ...process.env, ...platformOf(stack), ...retrying }
  const report = (line: string) => process.stderr.write(`${line}\n`)
  demo = await startDemo({ ...stack, platform }, { report })
  ;({ scene, close } = await openScene(stack))
  unasked = scene.application(refusedAtCreation)
  await scene.apply(unasked)
  await scene.reached(unasked.id, 'CREATION_FAILED')
  await sleep(2_000)
  statusInItsWindow = await scene.core.statusOf(unasked.id)
  refusing = createServer((_, response) => {
    response.writeHead(422, { 'content-type': 'application/json' })
    response.end('{"error":"creditor-closed"}')
  }).listen(0, '127.0.0.1')
  await once(refusing, 'listening')
}, 120_000)
afterAll(async () => {
  refusing.closeAllConnections()
  refusing.close()
  try {
    await close()
  } finally {
    await demo?.stop()
  }
})

const retry = async ({ value }: Version) => {
  const token = await tokenFor(String(value['tenant_id']), scene.secrets.tokenSecret)
  const url = `${scene.addresses.paymentProxy}/examplepay/retry/${value.id}`
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(url, { method: 'POST', headers })).status
}
/** The proxy knows a payment by its row. */
const shownAsFailed = ({ value: { id } }: Version) =>
  scene.watch.until('the row of a failed creation', () =>
    scene
      .about('payments.current', id)
      .find(({ value }) => (value as { readonly status: string }).status === 'CREATION_FAILED'),
  )
const paymentsOf = (applicationId: string) =>
  new Set(scene.versionsOf(applicationId).map(({ value }) => value.id))
const windowIsOver = () => sleep(windowSeconds * 1_000 + 1_000)

describe('a creation that failed', () => {
  it('is made again on request, once, and its application never hears of the failure', async () => {
    const stack = inject('stack')
    const body = await configureBody(stack)
    const token = await tokenFor(body.tenant_id, scene.secrets.tokenSecret)
    const { paymentProxy } = scene.addresses
    const { port } = refusing.address() as AddressInfo
    await configureAt(`${paymentProxy}/examplepay/tenants/${body.tenant_id}`, token, {
      name: 'Comune di Bugliano',
      IPA_code: 'c_bugliano',
      tax_identification_number: '00000000000',
      base_url: `http://127.0.0.1:${port}`,
      api_key: 'of-nobody',
      notify_secret: scene.secrets.notifySecret,
      active: true,
    })
    const application = scene.application('42.50', body)
    await scene.apply(application)
    const failed = await scene.reached(application.id, 'CREATION_FAILED')
    // Traces are off where nobody asked for them.
    expect(failed.headers).not.toHaveProperty('traceparent')

    await seed(stack, body)
    await shownAsFailed(failed)
    expect([await retry(failed), await retry(failed)]).toEqual([202, 202])
    const open = await scene.reached(application.id, 'PAYMENT_PENDING')
    expect(open.value.id).not.toBe(failed.value.id)
    expect(open.value.payment['iud']).toBe(open.value.id.replaceAll('-', ''))
    expect(await retry(open)).toBe(409)
    await windowIsOver()
    await scene.intermediary.pay(open.value.id)
    await scene.seen(application.id, 'a version that was told', isTold)

    expect(paymentsOf(application.id)).toEqual(new Set([failed.value.id, open.value.id]))
    expect(await scene.core.statusOf(application.id)).toBe(2000)
    const { outcome_requests, outcomes_ko } = await scene.core.counters(application.id)
    expect({ outcome_requests, outcomes_ko }).toEqual({ outcome_requests: 1, outcomes_ko: 0 })
    const again = await runCommand(['payment', 'retry', failed.value.id])
    expect(again).toEqual({ code: 0, out: `${open.value.id}\n`, err: '' })
  }, 120_000)

  it('is told once nobody asked in time, and then it is too late', async () => {
    const { id } = unasked
    const failed = await scene.reached(id, 'CREATION_FAILED')
    const told = await scene.seen(id, 'a version that was told', isTold)
    expect(statusInItsWindow).toBe(1500)
    // The window begins when the intermediary refuses, a moment before that is on `payments`.
    expect(told.timestamp - failed.timestamp).toBeGreaterThan((windowSeconds - 2) * 1_000)
    expect(await scene.core.statusOf(id)).toBe(1530)
    const refused = await runCommand(['payment', 'retry', failed.value.id])
    const reason = 'refused: its application was told that the creation failed, and has ended\n'
    expect(refused).toEqual({ code: 1, out: '', err: reason })
    expect(await retry(failed)).toBe(202)
    const anomalies = await scene.anomalies(failed.value.id, 2)
    expect(anomalies.map(({ kind }) => kind)).toEqual(['retry-refused', 'retry-refused'])
    expect(paymentsOf(id)).toEqual(new Set([failed.value.id]))
  })
})
