import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withAdmin } from '#apps/platform/admin'
import { openStateDatabase } from '#core/state-database'
import { type Flow, startFlow } from '#tests/soak/engine/flow'
import { judge } from '#tests/soak/engine/judge'
import { type Found, type Scenario, Violations } from '#tests/soak/engine/scenario'
import type { SoakStack } from '#tests/soak/engine/soak-stack'
import { nameOf, topicsOf, type UnitSpec } from '#tests/soak/engine/soak-units'
import { until } from '#tests/until'
import { newWorkers, type Workers } from '#tests/soak/engine/workers'

const partitions = 4
const unit: UnitSpec = { kind: 'stateful', suffix: 'directory', partitions }
const msMax = 90_000
const settledMs = 2_500

interface Playing {
  readonly stack: SoakStack
  readonly workers: Workers
  readonly flow: Flow
  readonly perRound: number
  readonly store: string
}

/** Rows on the disk that are gone, old, or newer than their log; and another number of partitions. */
export const stateDirectory: Scenario = {
  name: 'state-directory',
  title: 'the directory of the rows deleted, replaced by an older and by a newer copy',
  async run(stack, { records, seed }) {
    const perRound = Math.max(4_000, Math.floor(records / 50))
    const schemaId = await stack.apply([unit])
    const workers = newWorkers(stack, { name: 'directory', units: [unit], seed })
    const flow = await startFlow(stack, {
      units: [unit],
      schemaId,
      keys: 2_000,
      records: () => perRound,
      aheadMax: 20_000,
    })
    const store = join(workers.stateDirectory, '0', nameOf(unit))
    const playing = { stack, workers, flow, perRound, store }
    const counts: Record<string, number> = {}
    let found: readonly Found[]
    try {
      found = [...(await directories(playing, counts)), await otherPartitions(playing)]
    } finally {
      await workers.close()
      await flow.close()
    }
    const judged = await judge(stack, { flow, workers })
    return {
      done: [
        'the directory was deleted, replaced by a copy from before, and by one that says it goes beyond its log, each with a kill -9 before it and records after it; last the input got two partitions more',
      ],
      counts: { ...counts, ...judged.counts },
      found: [...found, ...judged.found],
    }
  },
}

/** Runs the unit until all is handled and once more; ends it by kill -9. Answers what it read for its rows. */
async function round(playing: Playing, signal: NodeJS.Signals = 'SIGKILL') {
  const { workers, flow, perRound } = playing
  const worker = await workers.running('0')
  const restored = worker.told()!.restored
  flow.more(perRound)
  await flow.settled(msMax)
  // One checkpoint later the rows are on the disk.
  await sleep(settledMs)
  await worker.end(signal)
  const reasons = worker.warnings.map(({ reason }) => String(reason))
  return { restored, reasons }
}

async function directories(
  playing: Playing,
  counts: Record<string, number>,
): Promise<readonly Found[]> {
  const { store, stack, flow } = playing
  const copy = `${store}-copy`
  const [deleted, older, newer] = [new Violations(), new Violations(), new Violations()]
  await round(playing, 'SIGTERM')
  cpSync(store, copy, { recursive: true })
  await round(playing)

  rmSync(store, { recursive: true })
  const whole = flow.sent(unit)
  const anew = await round(playing)
  counts['restored after it was deleted'] = anew.restored
  if (anew.restored < flow.keys) deleted.add(`only ${anew.restored} rows were read`)
  stack.report(`deleted: ${anew.restored} rows were read again`)

  rmSync(store, { recursive: true })
  cpSync(copy, store, { recursive: true })
  const followed = await round(playing)
  counts['restored to an older copy'] = followed.restored
  if (followed.restored === 0 || followed.restored > flow.sent(unit) - playing.perRound) {
    older.add(`${followed.restored} rows were read, of ${whole}`)
  }
  if (followed.reasons.length > 0) older.add(followed.reasons.join('; '))
  stack.report(`older copy: ${followed.restored} rows were read`)

  await beyondItsLog(store)
  const refused = await round(playing)
  counts['restored in place of a newer copy'] = refused.restored
  if (!refused.reasons.includes('the copy is newer than the changelog')) {
    newer.add(`it said: ${refused.reasons.join('; ')}`)
  }
  stack.report(`newer copy: ${refused.restored} rows were read again`)
  return [
    { promise: 'deleted: the rows are built anew', violations: deleted.list() },
    { promise: 'an older copy is followed up, not built anew', violations: older.list() },
    { promise: 'a copy that goes beyond its log is not used', violations: newer.list() },
  ]
}

/** The copy says it goes far beyond its changelog; its rows are none that were ever written. */
async function beyondItsLog(directory: string): Promise<void> {
  const database = openStateDatabase({ directory, treesMax: partitions, bytesMax: 5e9 })
  await database.write(() => {
    for (let partition = 0; partition < partitions; partition++) {
      const place = `${topicsOf(unit).rows.name}/${partition}`
      const known = JSON.parse(String(database.notes.get(`copy/${place}`))) as object
      const changed = JSON.stringify({ ...known, position: 1_000_000_000 })
      database.notes.put(`copy/${place}`, Buffer.from(changed))
      database.tree(place).clear()
    }
  })
  await database.close()
}

async function otherPartitions({ stack, workers, flow }: Playing): Promise<Found> {
  const violations = new Violations()
  const count = partitions + 2
  const topicPartitions = [{ topic: topicsOf(unit).input.name, count }]
  await withAdmin(stack.kafka, (admin) => admin.createPartitions({ topicPartitions }))
  const before = flow.handled(unit)
  const worker = workers.start('0')
  const status = () => worker.told()?.statuses[0]
  const isSettled = () => status()?.state === 'stopped' || status()?.state === 'running'
  await until('it says what it does', isSettled, { msMax: 60_000, signal: stack.signal })
  stack.report(`partitions changed: ${status()?.reason}`)
  if (status()?.state !== 'stopped' || !/partitions/.test(status()?.reason ?? '')) {
    violations.add(`it is ${JSON.stringify(status())}`)
  }
  await sleep(1_000)
  if (flow.handled(unit) !== before) violations.add('it committed all the same')
  await worker.end('SIGTERM')
  return { promise: 'another number of partitions is refused', violations: violations.list() }
}
