import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runWithFaults } from '#tests/fault-run'
import { startInstallation, type TestInstallation } from '#tests/installation'
import { intermediaryAt } from '#tests/outside-parties'
import { isTold, openScene, type Scene } from '#tests/scene'

const report = (line: string) => process.stderr.write(`${line}\n`)
const applications = 2_000

let installation: TestInstallation
beforeAll(async () => {
  installation = await startInstallation(inject('stack'), report)
})
afterAll(() => installation?.stop())

describe('a worker that is killed', () => {
  let scene: Scene
  let close = async (): Promise<void> => undefined
  beforeAll(async () => {
    ;({ scene, close } = await openScene(inject('stack')))
  })
  afterAll(() => close())

  const steps = (applicationId: string) =>
    scene
      .versionsOf(applicationId)
      .map((version) => version.value.status + (isTold(version) ? ', told' : ''))
  const allSteps = ['CREATION_PENDING', 'PAYMENT_PENDING', 'COMPLETE', 'COMPLETE, told']

  it('between opening and settling completes the payment when it is back', async () => {
    const application = scene.application()
    await scene.apply(application)
    const open = await scene.reached(application.id, 'PAYMENT_PENDING')
    await installation.endWorker()
    await scene.intermediary.pay(open.value.id)
    await installation.startWorker()

    const told = await scene.seen(application.id, 'a version that was told', isTold)
    await scene.handled('payment-intake', told)
    expect(steps(application.id)).toEqual(allSteps)
    expect(await scene.intermediary.counters(open.value.id)).toMatchObject({
      debt_positions: 1,
      creation_requests: 1,
    })
    expect(await scene.core.statusOf(application.id)).toBe(2000)
  })

  it('while the intermediary answers asks again and opens nothing twice', async () => {
    const application = scene.application('10.08')
    await scene.apply(application)
    const { value } = await scene.reached(application.id, 'CREATION_PENDING')
    await expect
      .poll(() => scene.intermediary.counters(value.id), { timeout: 10_000, interval: 20 })
      .toMatchObject({ debt_positions: 1 })
    await installation.endWorker()
    expect(steps(application.id)).toEqual(['CREATION_PENDING'])
    await installation.startWorker()

    await scene.reached(application.id, 'PAYMENT_PENDING')
    await scene.intermediary.pay(value.id)
    const told = await scene.seen(application.id, 'a version that was told', isTold)
    await scene.handled('payment-intake', told)
    expect(steps(application.id)).toEqual(allSteps)
    expect(await scene.intermediary.counters(value.id)).toMatchObject({
      debt_positions: 1,
      creation_requests: 2,
      settlements: 1,
    })
  })
})

describe('a payment proxy that is killed', () => {
  it('while it is told of money loses and doubles none', { timeout: 120_000 }, async () => {
    const payments = 200
    const { counters } = intermediaryAt(installation.addresses.examplepay)
    const taken = async () => (await counters()).notifications
    const before = await taken()
    let takenAtKill = 0
    const strike = async () => {
      // Soon after the first, while the others come in, by up to 32 connections at once.
      while ((takenAtKill = (await taken()) - before) < 10) await sleep(5)
      return installation.killProxy()
    }
    const result = await runWithFaults(inject('stack'), installation, {
      applications: payments,
      disturbances: [{ what: 'kill -9 of the payment proxy', atDone: 0, strike }],
      msMax: 45_000,
      report,
    })

    const { violations, counts, seconds } = result
    report(`told of ${takenAtKill} when killed; ${payments} payments in ${seconds} s`)
    report(JSON.stringify(counts))
    expect(takenAtKill).toBeLessThan(payments)
    expect(violations).toEqual([])
    expect(counts).toMatchObject({ COMPLETE: payments, 'COMPLETE, told': payments })
  })
})

it(
  `${applications} applications become ${applications} payments, the worker killed twice`,
  { timeout: 300_000 },
  async () => {
    const kill = (from: number, to: number) => ({
      what: 'kill -9 of the worker',
      atDone: Math.floor(applications * (from + Math.random() * (to - from))),
      strike: () => installation.killWorker(),
    })
    const result = await runWithFaults(inject('stack'), installation, {
      applications,
      disturbances: [kill(0.1, 0.4), kill(0.5, 0.85)],
      // Slow is printed, not failed: other programs may have the cores. Stuck is failed.
      msMax: 180_000,
      report,
    })

    const { violations, counts, seconds, takeoversMs } = result
    const rate = Math.round(applications / seconds)
    report(`${applications} payments in ${seconds} s (${rate}/s), kills included`)
    report(`takeovers: ${takeoversMs.join(' ms, ')} ms; ${JSON.stringify(counts)}`)
    expect(violations.slice(0, 20)).toEqual([])
    expect(counts).toMatchObject({
      CREATION_PENDING: applications,
      PAYMENT_PENDING: applications,
      COMPLETE: applications,
      'COMPLETE, told': applications,
    })
    expect(takeoversMs).toHaveLength(2)
    for (const ms of takeoversMs) expect(ms).toBeLessThan(30_000)
  },
)
