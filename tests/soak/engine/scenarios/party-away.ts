import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { keyNumberOf, keyOf } from '#tests/bench/engine/bench-events'
import { type Flow, startFlow } from '#tests/soak/engine/flow'
import { judge } from '#tests/soak/engine/judge'
import { type Scenario, Violations } from '#tests/soak/engine/scenario'
import { partyOf, type UnitSpec } from '#tests/soak/engine/soak-units'
import { until } from '#tests/until'
import { newWorkers, type Workers } from '#tests/soak/engine/workers'

const unit: UnitSpec = { kind: 'task', suffix: 'away', partitions: 4 }
const slots = ['0', '1']
const away = 'party-1'
const hourMs = 3_600_000
/** So many times as fast as the machine's the scripted clock runs. */
const rate = 360
/** Calls in vain that a party of each process may get: those out when its circuit opens, then a probe a pause. */
const callsMax = slots.length * (64 * 3 + 5 + Math.ceil(hourMs / 30_000))
const msMax = 120_000

/** An hour without one of three outside parties, by a clock that runs fast. */
export const partyAway: Scenario = {
  name: 'party-away',
  title: 'an outside party away for an hour, by a scripted clock',
  async run(stack, { records, seed }) {
    const perPhase = Math.max(3_000, Math.floor(records / 50))
    const schemaId = await stack.apply([unit])
    const effects = { msMax: 5, hasParties: true }
    const workers = newWorkers(stack, { name: 'away', units: [unit], seed, effects })
    const all = await Promise.all(slots.map((slot) => workers.running(slot)))
    const command = (...words: readonly (string | number)[]) => {
      for (const worker of all) worker.command(...words)
    }
    const parked = () => all.reduce((sum, worker) => sum + (worker.told()?.parked ?? 0), 0)
    const flow = await startFlow(stack, {
      units: [unit],
      schemaId,
      keys: 1_000,
      records: () => perPhase,
      aheadMax: 3_000,
    })
    const within = { msMax, signal: stack.signal }
    const [others, opens, hammered] = [new Violations(), new Violations(), new Violations()]
    const counts: Record<string, number> = {}
    try {
      await flow.settled(msMax)
      command('away', away)
      command('clock', 0, rate)
      const beganAt = performance.now()
      flow.more(perPhase)
      // What is parked has been handled: its place is given up.
      await flow.settled(msMax)
      await until('the others are done', () => open(workers, flow).others === 0, within).catch(() =>
        others.add(`${open(workers, flow).others} events of other parties have no effect`),
      )
      await sleep(Math.max(0, hourMs / rate - (performance.now() - beganAt)))
      counts['parked after the hour'] = parked()
      counts['of them and others not done'] = open(workers, flow).away
      stack.report(`an hour is over: ${parked()} are parked`)
      for (const worker of all) if (!hasOpened(worker.warnings)) opens.add(`not in ${worker.slot}`)
      const calls = (counts['calls to who was away'] = callsInVain(workers))
      if (calls > callsMax) hammered.add(`${calls} calls to who is away, at most ${callsMax}`)
      command('back')
      await until('nothing is parked', () => parked() === 0, within)
      flow.more(Math.floor(perPhase / 3))
      await flow.settled(msMax)
      await workers.unparked(msMax)
    } finally {
      await workers.close()
      await flow.close()
    }
    const judged = await judge(stack, { flow, workers })
    return {
      done: [
        `one of three parties gave no answer for an hour of a clock that ran ${rate} times as fast, in ${slots.length} processes`,
      ],
      counts: { ...counts, ...judged.counts },
      found: [
        { promise: 'the other parties flow meanwhile', violations: others.list() },
        { promise: 'its circuit opens', violations: opens.list() },
        { promise: 'who is away is not hammered', violations: hammered.list() },
        ...judged.found,
      ],
    }
  },
}

const hasOpened = (warnings: readonly Readonly<Record<string, unknown>>[]) =>
  warnings.some(
    ({ warning, party, state }) => [warning, party, state].join() === `circuit,${away},open`,
  )

const linesOf = (workers: Workers) => readFileSync(workers.effects.log, 'utf8').split('\n')

const callsInVain = (workers: Workers) =>
  linesOf(workers).filter((line) => line.startsWith('away ')).length

/** Events sent that have had no effect yet, of the party that is away and of the others. */
function open(workers: Workers, flow: Flow): { readonly away: number; readonly others: number } {
  const done = new Set<number>()
  for (const line of linesOf(workers)) {
    if (line.startsWith('done ')) done.add(Number(line.split(' ')[3]))
  }
  const missing = { away: 0, others: 0 }
  for (let sequence = 0; sequence < flow.sent(unit); sequence++) {
    if (done.has(sequence)) continue
    const party = partyOf(keyOf(keyNumberOf(sequence, flow.keys)))
    missing[party === away ? 'away' : 'others'] += 1
  }
  return missing
}
