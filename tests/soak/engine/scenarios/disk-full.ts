import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Flow, startFlow } from '#tests/soak/engine/flow'
import { judge } from '#tests/soak/engine/judge'
import { type Outcome, type Scenario, Violations } from '#tests/soak/engine/scenario'
import type { SoakStack } from '#tests/soak/engine/soak-stack'
import { nameOf, type UnitSpec } from '#tests/soak/engine/soak-units'
import { until } from '#tests/until'
import type { Worker } from '#tests/soak/engine/worker'
import { newWorkers, type Workers } from '#tests/soak/engine/workers'

const partitions = 4
const stateless: UnitSpec = { kind: 'stateless', suffix: 'disk', partitions }
const stateful: UnitSpec = { kind: 'stateful', suffix: 'disk', partitions }
const units: readonly UnitSpec[] = [stateless, stateful]
const diskBytes = 96_000_000
/** What is left for rows until somebody makes room. */
const roomBytes = 6_000_000
/** Their rows take more than that. */
const keys = 40_000
const msMax = 120_000
/** What was committed is seen after so long, milliseconds. */
const commitMs = 1_000

const mounted = (folder: string) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'corrente-soak', folder])
const unmounted = (folder: string) => spawnSync('umount', [folder])

function obstacle(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'corrente-disk-'))
  const { status, stderr, error } = mounted(folder)
  if (status === 0) unmounted(folder)
  rmdirSync(folder)
  if (status === 0) return undefined
  const why = (error?.message ?? String(stderr)).trim()
  return `a small disk cannot be mounted here (it needs root): ${why}`
}

interface Playing {
  readonly stack: SoakStack
  readonly workers: Workers
  readonly flow: Flow
  readonly disk: string
  readonly stops: Violations
  readonly goes: Violations
}

/** The disk of the rows full, and room again. */
export const diskFull: Scenario = {
  name: 'disk-full',
  title: 'the disk of the rows full',
  obstacle,
  async run(stack, { seed }) {
    const disk = join(stack.folder, 'disk')
    mkdirSync(disk)
    const schemaId = await stack.apply(units)
    const { status, stderr } = mounted(disk)
    if (status !== 0) throw new Error(`${disk} cannot be mounted: ${String(stderr)}`)
    try {
      return await fullThenNot(stack, seed, { disk, schemaId })
    } finally {
      unmounted(disk)
    }
  },
}

async function fullThenNot(
  stack: SoakStack,
  seed: number,
  { disk, schemaId }: { readonly disk: string; readonly schemaId: number },
): Promise<Outcome> {
  const stateDirectory = join(disk, 'state')
  const workers = newWorkers(stack, { name: 'disk-full', units, seed, stateDirectory })
  const flow = await startFlow(stack, {
    units,
    schemaId,
    keys,
    records: () => 2 * keys,
    aheadMax: 20_000,
  })
  const [stops, goes] = [new Violations(), new Violations()]
  const playing = { stack, workers, flow, disk, stops, goes }
  let reasons: readonly string[]
  try {
    reasons = await fullOnce(playing)
  } finally {
    await workers.close()
    await flow.close()
  }
  const { counts, found } = await judge(stack, { flow, workers })
  return {
    done: [
      `all room but ${roomBytes / 1e6} MB was taken on a disk of ${diskBytes / 1e6} MB, the process started again without room, then with it`,
    ],
    counts: { 'it said': reasons.join(' / '), ...counts },
    found: [
      {
        promise: 'the unit stops, commits nothing more and says what to do',
        violations: stops.list(),
      },
      { promise: 'a unit without rows goes on', violations: goes.list() },
      ...found,
    ],
  }
}

/** Takes the room, waits until the unit stops, twice, gives it back, and lets it go on; answers what it said. */
async function fullOnce(playing: Playing): Promise<readonly string[]> {
  const { stack, workers, flow, disk, stops, goes } = playing
  const filler = join(disk, 'filler')
  writeFileSync(filler, Buffer.alloc(Math.max(0, diskBytes - usedBytes(disk) - roomBytes)))
  const first = await workers.running('0')
  const told = [await stopped(first, playing)]
  await sleep(commitMs)
  const before = flow.handled(stateful)
  const isDone = () => flow.handled(stateless) === flow.sent(stateless)
  const within = { msMax, signal: stack.signal }
  await until('the other unit ends its work', isDone, within).catch((error: Error) =>
    goes.add(error.message),
  )
  await first.end('SIGTERM')
  // Whoever starts it again without room is told so again.
  const second = workers.start('0')
  told.push(await stopped(second, playing))
  await second.end('SIGKILL')
  if (flow.handled(stateful) < before) stops.add('what was committed is gone')
  rmSync(filler)
  const third = await workers.running('0')
  await flow.settled(msMax)
  await third.end('SIGTERM')
  return told
}

/** Waits until the unit with rows stops, and says why. */
async function stopped(worker: Worker, { stack, flow, stops }: Playing): Promise<string> {
  const status = () => worker.told()?.statuses.find(({ unit }) => unit === nameOf(stateful))
  const within = { msMax, signal: stack.signal }
  await until('the unit stops', () => status()?.state === 'stopped', within)
  const reason = status()?.reason ?? ''
  if (!/cannot be written .*make room on its disk/.test(reason)) stops.add(reason)
  await sleep(commitMs)
  const before = flow.handled(stateful)
  await sleep(commitMs)
  if (flow.handled(stateful) > before) stops.add('it committed after it had stopped')
  const told = reason.replaceAll(stack.folder, '…')
  stack.report(`full: ${told}`)
  return told
}

function usedBytes(disk: string): number {
  if (!existsSync(disk)) return 0
  const { stdout } = spawnSync('df', ['--block-size=1', '--output=used', disk])
  return Number(String(stdout).trim().split('\n').at(-1))
}
