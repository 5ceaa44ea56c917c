import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { EffectsSpec } from '#tests/soak/engine/effects'
import type { SoakStack } from '#tests/soak/engine/soak-stack'
import type { UnitSpec } from '#tests/soak/engine/soak-units'
import { until } from '#tests/until'
import { startWorker, type Worker } from '#tests/soak/engine/worker'

/** The processes of one scenario, by their slots. */
export interface Workers {
  readonly effects: EffectsSpec
  /** Where all of them write whom they answered. */
  readonly answers: string
  /** Folder of the rows of all slots. */
  readonly stateDirectory: string
  /** Starts one in a slot, after whatever ran there. */
  start(slot: string): Worker
  in(slot: string): Worker
  /** Starts one and waits until its units read. */
  running(slot: string): Promise<Worker>
  /**
   * Waits until no record is parked in any that runs: what is parked gave up its place, and counts as handled, but is
   * not done. Throws where that takes longer.
   */
  unparked(msMax: number): Promise<void>
  /** Drains all that run; woken first where they sleep. */
  close(): Promise<void>
}

interface Options {
  readonly name: string
  readonly units: readonly UnitSpec[]
  readonly effects?: Partial<Omit<EffectsSpec, 'log'>>
  readonly stateDirectory?: string
  readonly seed: number
}

const startMsMax = 60_000

export function newWorkers(stack: SoakStack, options: Options): Workers {
  const folder = join(stack.folder, options.name)
  mkdirSync(folder, { recursive: true })
  const { seed, units } = options
  const effects = {
    seed,
    failPercent: 0,
    msMax: 0,
    slowPerMille: 3,
    hasParties: false,
    ...options.effects,
    log: join(folder, 'effects.log'),
  }
  const stateDirectory = options.stateDirectory ?? join(folder, 'state')
  const answers = join(folder, 'answers.log')
  const all: Worker[] = []
  const workers: Workers = {
    effects,
    answers,
    stateDirectory,
    start(slot) {
      const worker = startWorker({
        units,
        brokers: stack.kafka.brokers,
        registryUrl: stack.workersRegistryUrl,
        slot,
        version: `${all.length + 1}.${slot}.0`,
        stateDirectory,
        effects,
        answers,
      })
      all.push(worker)
      return worker
    },
    in(slot) {
      const worker = all.findLast((one) => one.slot === slot)
      if (!worker) throw new Error(`nothing was started in slot ${slot}`)
      return worker
    },
    async running(slot) {
      const worker = workers.start(slot)
      await untilRunning(worker, stack)
      return worker
    },
    unparked: (msMax) =>
      untilUnparked(
        all.filter((worker) => !worker.hasEnded()),
        { msMax, signal: stack.signal },
      ),
    async close() {
      for (const worker of all) if (!worker.hasEnded()) worker.signal('SIGCONT')
      await Promise.all(all.map((worker) => worker.end('SIGTERM')))
    },
  }
  return workers
}

/** Waits until every unit of it reads. Throws with what it says of itself where that takes too long. */
export async function untilRunning(worker: Worker, { signal }: SoakStack): Promise<void> {
  const isSettled = () => worker.isRunning() || worker.hasEnded()
  const within = { msMax: startMsMax, signal }
  const said = () => `${JSON.stringify(worker.told())} ${JSON.stringify(worker.warnings.slice(-3))}`
  await until(`slot ${worker.slot} runs`, isSettled, within).catch((error: Error) => {
    throw new Error(`${error.message}; it says ${said()}`)
  })
  if (worker.hasEnded()) throw new Error(`slot ${worker.slot} ended at its start: ${said()}`)
}

async function untilUnparked(
  workers: readonly Worker[],
  within: Parameters<typeof until>[2],
): Promise<void> {
  // What was told before may be older than what was parked last.
  const before = new Map(workers.map((worker) => [worker, worker.told()]))
  for (const worker of workers) worker.command('look')
  const isDone = (worker: Worker) =>
    worker.told() !== before.get(worker) && worker.told()?.parked === 0
  await until('nothing is parked', () => workers.every(isDone), within).catch((error: Error) => {
    const left = workers.map((worker) => `${worker.told()?.parked} in slot ${worker.slot}`)
    throw new Error(`${error.message}; parked are ${left.join(', ')}`)
  })
}
