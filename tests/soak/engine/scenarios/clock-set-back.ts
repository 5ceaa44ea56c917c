import { setTimeout as sleep } from 'node:timers/promises'
import { type Flow, startFlow } from '#tests/soak/engine/flow'
import { judge } from '#tests/soak/engine/judge'
import { type Found, type Scenario, Violations } from '#tests/soak/engine/scenario'
import type { SoakStack } from '#tests/soak/engine/soak-stack'
import type { UnitSpec } from '#tests/soak/engine/soak-units'
import { until } from '#tests/until'
import type { Worker } from '#tests/soak/engine/worker'
import { newWorkers } from '#tests/soak/engine/workers'

const partitions = 4
const task: UnitSpec = { kind: 'task', suffix: 'clock', partitions }
const timers: UnitSpec = { kind: 'timers', suffix: 'clock', partitions }
const units = [task, timers]
const hourMs = 3_600_000
const away = 'party-2'
/** Longer than the longest pause of a circuit and the longest delay of a retry. */
const triedMsMax = 45_000
const msMax = 120_000

interface Playing {
  readonly stack: SoakStack
  readonly worker: Worker
  readonly flow: Flow
  readonly perPhase: number
  readonly counts: Record<string, number>
}

/** A clock that is set back by an hour while records are parked, a circuit is open and timers are set. */
export const clockSetBack: Scenario = {
  name: 'clock-set-back',
  title: 'the clock set back by an hour',
  async run(stack, { records, seed }) {
    const perPhase = Math.max(3_000, Math.floor(records / 100))
    const schemaId = await stack.apply(units)
    const effects = { msMax: 5, hasParties: true, failPercent: 5 }
    const workers = newWorkers(stack, { name: 'clock', units, seed, effects })
    const worker = await workers.running('0')
    const flow = await startFlow(stack, {
      units,
      schemaId,
      keys: 1_000,
      records: () => perPhase,
      aheadMax: Infinity,
      perSecond: 1_500,
    })
    const counts: Record<string, number> = {}
    let found: readonly Found[]
    try {
      found = await setBack({ stack, worker, flow, perPhase, counts })
      await workers.unparked(msMax)
    } finally {
      await workers.close()
      await flow.close()
    }
    const judged = await judge(stack, { flow, workers })
    return {
      done: [
        'the clock of a process was set back by an hour in mid-flow, with records parked, a circuit open and timers set, and later set right',
      ],
      counts: { ...counts, ...judged.counts },
      found: [...found, ...judged.found],
    }
  },
}

async function setBack(playing: Playing): Promise<readonly Found[]> {
  const { stack, worker, flow, perPhase, counts } = playing
  const parked = () => worker.told()?.parked ?? 0
  const within = { msMax, signal: stack.signal }
  const [tried, early] = [new Violations(), new Violations()]
  worker.command('away', away)
  const isInFlow = () => parked() > 100 && flow.handled(timers) > 0
  await until('many are parked, and some timers have come', isInFlow, within)
  worker.command('clock', -hourMs)
  worker.command('back')
  counts['parked when the clock was set back'] = parked()
  stack.report(`the clock is an hour back, ${parked()} are parked`)
  const setBackAt = performance.now()
  const isHandled = () => flow.handled(task) >= perPhase
  await until('the task goes on', isHandled, within)
  const limit = { msMax: triedMsMax, signal: stack.signal }
  const isTried = () => parked() === 0
  await until('what was parked has been tried again', isTried, limit).catch(() =>
    tried.add(`${parked()} are still parked ${triedMsMax / 1_000} s after it`),
  )
  counts['ms until nothing was parked'] = Math.round(performance.now() - setBackAt)
  const woken = flow.handled(timers)
  await sleep(3_000)
  counts['timers waiting for the hour'] = flow.sent(timers) - woken
  if (flow.sent(timers) === woken) early.add('no timer was set when the clock was set back')
  if (flow.handled(timers) > woken) early.add('timers came before their instant')
  worker.command('right-clock')
  flow.more(perPhase)
  await flow.settled(msMax)
  return [
    {
      promise: 'what is parked is tried again by the clock as it is now',
      violations: tried.list(),
    },
    { promise: 'no timer comes before its instant', violations: early.list() },
  ]
}
