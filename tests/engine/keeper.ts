import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withAdmin } from '#apps/platform/admin'
import { tryLock } from '#compose/embedded/lock'
import { readStore } from '#core/inspect-store'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import type { RunningUnits } from '#core/run-units'
import { expectExactlyOnce } from '#tests/engine/check-counts'
import { handledOf } from '#tests/engine/group-offsets'
import { newScene, numbered, produce, type Scene, stateOf, until } from '#tests/engine/scene'

/** The payments of every test; their events are counted. */
export const ids = Array.from({ length: 40 }, () => randomUUID())

/** Rounds that a checkpoint may lack: one, and what the transactions' ends take in the log. */
export const roundsBehindMax = 2

/** A unit with its rows on the disk; what it read to have them is counted. */
export async function newKeeper(root: string) {
  const home = mkdtempSync(join(root, 'home-'))
  const directory = join(home, 'state')
  const scene = await newScene()
  await scene.apply()
  await until('its topics can be written to', async () => {
    const admin = scene.client.admin()
    await admin.connect()
    const ends = await admin.fetchTopicOffsets(scene.topics.input.name)
    await admin.disconnect()
    return ends.length === 3
  })
  const store = join(directory, '0', scene.counter.name)
  let rounds = 0
  const keeper = {
    scene,
    home,
    directory,
    store,
    get rounds() {
      return rounds
    },
    /** Writes the next events of every payment. */
    async write(perKey: number) {
      await produce(scene, scene.topics.input.name, numbered(scene, ids, perKey, rounds))
      rounds += perKey
    },
    handled: () =>
      until('all are handled', async () => (await handledOf(scene)) === ids.length * rounds),
    /** Writes and has handled one round after the other, until a checkpoint has all but the last of them. */
    written: () =>
      until('a checkpoint is written', async () => {
        await keeper.write(1)
        await keeper.handled()
        return (await behindOf(keeper)) <= ids.length * roundsBehindMax
      }),
    /** Runs the unit until it has handled all there is; returns how many records it read for its rows. */
    async run(whileRunning: (running: RunningUnits) => Promise<void> = async () => undefined) {
      const metrics = newMetrics()
      const warnings: string[] = []
      const log = {
        ...silentLog,
        warn: (fields: object) =>
          void warnings.push(String((fields as { reason?: string }).reason)),
      }
      const state = { directory, bytesMax: 1e9, cluster: async () => 'ours', lock: tryLock }
      const running = await scene.run([scene.counter], { state, metrics, log })
      try {
        await until('it runs', () => stateOf(running).state === 'running')
        await whileRunning(running)
        await keeper.handled()
      } finally {
        await running.drain()
      }
      const restored = (await metrics.restoreRecords.get()).values[0]?.value ?? 0
      return { restored, warnings }
    },
    right: () => expectExactlyOnce(scene, ids, rounds),
  }
  return keeper
}
export type Keeper = Awaited<ReturnType<typeof newKeeper>>

/** How many records its changelogs have behind the rows on the disk. */
async function behindOf({ scene, store }: { scene: Scene; store: string }): Promise<number> {
  const { name } = scene.topics.counts
  const reading = readStore({ slot: '0', unit: scene.counter.name, directory: store })
  const { tables } = reading
  await reading.close()
  const ends = await withAdmin({ brokers: scene.brokers }, (admin) => admin.fetchTopicOffsets(name))
  return ends
    .map(({ partition, offset }) => {
      const table = tables.find((one) => one.table === name && one.partition === partition)
      return Number(offset) - (table?.copy?.position ?? 0)
    })
    .reduce((sum, n) => sum + n)
}

/** The changelog as it is after so many rounds: a row for each. */
export const changelogOf = (keeper: Keeper) => ids.length * keeper.rounds

/** The partitions of its changelog by the names of their trees. */
export const placesOf = ({ scene }: Keeper) =>
  [0, 1, 2].map((p) => `${scene.topics.counts.name}/${p}`)

/** Deletes its changelog and creates it again. */
export const changelogMadeAnew = async ({
  scene: { client, topics, apply },
}: Keeper): Promise<void> => {
  const admin = client.admin()
  await admin.connect()
  await admin.deleteTopics({ topics: [topics.counts.name] })
  await admin.disconnect()
  await until('the topic is gone', async () => {
    await sleep(500)
    return apply().then(
      () => true,
      () => false,
    )
  })
}
