import { setTimeout as sleep } from 'node:timers/promises'
import { type Flow, startFlow } from '#tests/soak/engine/flow'
import { judge } from '#tests/soak/engine/judge'
import { newRandom } from '#tests/soak/engine/random'
import type { Scenario, SoakSize } from '#tests/soak/engine/scenario'
import type { SoakStack } from '#tests/soak/engine/soak-stack'
import type { UnitSpec } from '#tests/soak/engine/soak-units'
import { until } from '#tests/until'
import { newWorkers, untilRunning, type Workers } from '#tests/soak/engine/workers'

const partitions = 4
const keys = 2_000
const units: readonly UnitSpec[] = [
  { kind: 'stateless', suffix: 'kills', partitions },
  { kind: 'stateful', suffix: 'kills', partitions },
  { kind: 'task', suffix: 'kills', partitions },
  { kind: 'timers', suffix: 'kills', partitions },
]
/** Of all records, what each unit gets. */
const shares = { stateless: 0.48, stateful: 0.28, task: 0.2, timers: 0.04 } as const
/** Longer than a session: another slot takes over before this one comes back. */
const downMs = { least: 7_500, most: 9_500 }
const slots = ['0', '1']
const flowMsMax = 30 * 60_000
const stillMsMax = 120_000

type Kind = 'restarted at once' | 'left dead beyond its session' | 'both slots at once'

/** One plan for a kill: when, whom, and how long the slot stays empty. */
interface Kill {
  readonly atHandled: number
  readonly extraMs: number
  readonly kind: Kind
  readonly slot: string
  readonly downMs: number
}

function planned({ records, kills, seed }: SoakSize): Kill[] {
  const random = newRandom(seed)
  const share = (0.97 * records) / kills
  return Array.from({ length: kills }, (_, n) => {
    const draw = random.next()
    const kind: Kind =
      draw < 0.7
        ? 'restarted at once'
        : draw < 0.9
          ? 'left dead beyond its session'
          : 'both slots at once'
    return {
      atHandled: Math.floor(share * (n + random.next())),
      extraMs: random.whole(0, 300),
      kind,
      slot: slots[random.whole(0, 1)]!,
      downMs: kind === 'left dead beyond its session' ? random.whole(downMs.least, downMs.most) : 0,
    }
  })
}

export const kills: Scenario = {
  name: 'kills',
  title: 'kill -9 at random moments',
  async run(stack, size) {
    const schemaId = await stack.apply(units)
    const workers = newWorkers(stack, { name: 'kills', units, seed: size.seed })
    await Promise.all(slots.map((slot) => workers.running(slot)))
    const began = performance.now()
    const flow = await startFlow(stack, {
      units,
      schemaId,
      keys,
      records: ({ kind }) => Math.floor(size.records * shares[kind]),
      aheadMax: Math.min(30_000, Math.max(3_000, size.records / 30)),
    })
    const done: Record<Kind, number> = {
      'restarted at once': 0,
      'left dead beyond its session': 0,
      'both slots at once': 0,
    }
    try {
      await strikeAll({ stack, workers, flow, done }, planned(size))
      await flow.settled(flowMsMax)
      await workers.unparked(flowMsMax)
    } finally {
      await workers.close()
      await flow.close()
    }
    const seconds = (performance.now() - began) / 1_000
    const { counts, found } = await judge(stack, { flow, workers })
    return {
      done: Object.entries(done).map(([kind, count]) => `${count} × kill -9, ${kind}`),
      counts: {
        'records over all units': flow.wanted,
        'seconds of flow': seconds.toFixed(0),
        'records a second, kills included': Math.round(flow.wanted / seconds),
        ...counts,
      },
      found,
    }
  },
}

interface Striking {
  readonly stack: SoakStack
  readonly workers: Workers
  readonly flow: Flow
  readonly done: Record<Kind, number>
}

async function strikeAll({ stack, workers, flow, done }: Striking, plan: readonly Kill[]) {
  const coming = new Map<string, Promise<void>>()
  for (const [n, kill] of plan.entries()) {
    const isDue = () => flow.handledAll() >= kill.atHandled
    const within = { msMax: stillMsMax, signal: stack.signal }
    await until(`${kill.atHandled} records are handled`, isDue, within)
    const struck = kill.kind === 'both slots at once' ? slots : [kill.slot]
    // One that is dead cannot be killed; one that is on its way is.
    for (const slot of struck) await coming.get(slot)
    await sleep(kill.extraMs)
    await Promise.all(struck.map((slot) => workers.in(slot).end('SIGKILL')))
    done[kill.kind] += 1
    const handled = flow.handledAll().toLocaleString('en')
    stack.report(`kill ${n + 1} of ${plan.length}, ${kill.kind}: ${handled} records are handled`)
    for (const slot of struck) {
      coming.set(
        slot,
        sleep(kill.downMs).then(() => void workers.start(slot)),
      )
    }
  }
  await Promise.all(coming.values())
  await Promise.all(slots.map((slot) => untilRunning(workers.in(slot), stack)))
}
