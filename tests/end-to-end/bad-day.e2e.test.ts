import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { demoService } from '#apps/corrente/demo-application'
import { runCommand } from '#tests/command'
import { startInstallation, type TestInstallation } from '#tests/installation'
import { isTold, openScene, type Scene } from '#tests/scene'
import { platformOf } from '#tests/stack'
import type { ApplicationJson } from '#tests/upstream'

/** Cents that make the sandbox pay at once. */
const paidAtOnce = '42.77'
const perSecond = 20
/** How long the outside parties are away, milliseconds: long enough for the circuit to open. */
const awayMs = 5_000
const oneDay = ['CREATION_PENDING', 'PAYMENT_PENDING', 'COMPLETE', 'COMPLETE, told']

const closing: (() => Promise<void>)[] = []
let installation: TestInstallation
let scene: Scene
const report = (line: string) => process.stderr.write(`bad day: ${line}\n`)

beforeAll(async () => {
  // No other test beside it has the platform's units run on this stack and leaves dead letters of theirs behind: the
  // status app is to be green in the end.
  const stack = inject('stack')
  Object.assign(process.env, platformOf(stack))
  installation = await startInstallation(stack, report)
  closing.push(() => installation.stop())
  await installation.joinWorker()
  const opened = await openScene(stack)
  scene = opened.scene
  closing.push(opened.close)
}, 120_000)
afterAll(async () => {
  for (const close of closing.reverse()) await close()
}, 60_000)

/** Applications the Core has and nobody was told of. */
async function registered(count: number): Promise<readonly ApplicationJson[]> {
  const made = Array.from({ length: count }, () => scene.application(paidAtOnce))
  await scene.core.registerAll(made.map(({ id }) => id))
  return made
}

async function tell(applications: readonly ApplicationJson[]): Promise<void> {
  for (const application of applications) {
    await scene.upstream.applications([application])
    await sleep(1_000 / perSecond)
  }
}

const decided = async (...args: readonly string[]) => {
  const { out } = await runCommand(['dlq', ...args, '--json'])
  return (JSON.parse(out) as { readonly decided: readonly string[] }).decided
}
const released = async (unit: string) => {
  const { out } = await runCommand(['parked', 'release', unit, '--all', '--json'])
  return (JSON.parse(out) as { readonly keys: readonly object[] }).keys
}
/** What operators did on this day, as it is kept. */
const audited = async () => {
  const { out } = await runCommand(['audit', '--json'])
  const all = JSON.parse(out) as readonly { readonly action: string; readonly count: number }[]
  return all.map(({ action, count }) => [action, count])
}
const stepsOf = ({ id }: ApplicationJson) =>
  scene.versionsOf(id).map((version) => version.value.status + (isTold(version) ? ', told' : ''))
const status = async () => {
  const answer = await fetch(`${scene.addresses.operations}/status`)
  return (await answer.json()) as { readonly status: string; readonly problems: readonly string[] }
}

it('a bad day ends well', { timeout: 180_000 }, async () => {
  const applications = await registered(80)
  await tell(applications.slice(0, 20))

  // At the Core somebody has moved it on while its payment is under way: the outcome is refused.
  const [moved] = await registered(1)
  await scene.core.move(moved!.id, 8000)
  await tell([moved!])

  const poison = await scene.upstream.bytes('applications', demoService, Buffer.from('no Avro'))
  const letter = await scene.deadLetter('payment-dispatcher', poison)
  report('a poison record is set aside, others pass')

  const refused = await scene.watch.until('the refused outcome', () =>
    scene.on('application-notifier.dlq').at(0),
  )
  report('an outcome the Core refuses is set aside')

  await installation.endSandbox()
  report(`the outside parties are dead, applications go on`)
  const during = tell(applications.slice(20, 60))
  await sleep(awayMs)
  await installation.killWorker()
  report('a worker is killed meanwhile')
  await during
  const waiting = await released('debt-position-opener')
  expect(waiting.length).toBeGreaterThan(0)
  report(
    `an operator has ${waiting.length} parked payments tried, in vain as long as the parties are dead`,
  )
  await installation.startSandbox()
  report('the outside parties are back')
  await tell(applications.slice(60))

  for (const { id } of applications) await scene.seen(id, 'a version that was told', isTold)
  report(`${applications.length} payments are complete and told of`)
  expect((await status()).status).not.toBe('ok')

  await scene.core.move(moved!.id, 1500)
  const sentBack = `application-notifier.dlq@${refused.partition}:${refused.offset}`
  expect(await decided('redrive', sentBack)).toEqual([sentBack])
  await scene.seen(moved!.id, 'a version that was told', isTold)
  report('the outcome that was refused is sent back, and taken')
  const dropped = `payment-dispatcher.dlq@${letter.partition}:${letter.offset}`
  expect(await decided('drop', dropped, '--reason', 'no application')).toEqual([dropped])

  expect((await audited()).slice(-3)).toEqual([
    ['release', waiting.length],
    ['redrive', 1],
    ['drop', 1],
  ])

  await scene.watch.caughtUp()
  for (const application of [...applications, moved!]) {
    expect(stepsOf(application)).toEqual(oneDay)
    const [version] = scene.versionsOf(application.id)
    const { debt_positions, settlements } = await scene.intermediary.counters(version!.value.id)
    expect({ debt_positions, settlements }).toEqual({ debt_positions: 1, settlements: 1 })
    expect(await scene.core.statusOf(application.id)).toBe(2000)
  }
  await expect
    .poll(status, { timeout: 30_000, interval: 500 })
    .toMatchObject({ status: 'ok', problems: [] })
  report('the status app is green')
})
