import { join } from 'node:path'
import { type Log, silentLog } from '#core/log'
import { openUnitStore, type StateSettings } from '#core/open-store'
import type { UnitStore } from '#core/state-store'

/** A store on the disk for the engine's own tests, of a unit with one table. */
export const unit = 'keeper'
const table = 'keeper.rows'
export const place = { topic: table, partition: 0 }
export const copy = { position: 7, at: 1_000, partitions: 6 }

export const storeIn = (directory: string): string => join(directory, '0', unit)

export const openExample = (
  directory: string,
  settings: Partial<StateSettings> = {},
  log: Log = silentLog,
): Promise<UnitStore> =>
  openUnitStore({
    settings: {
      directory,
      bytesMax: 1e9,
      cluster: async () => 'ours',
      lock: async () => ({ release: async () => undefined }),
      ...settings,
    },
    slot: '0',
    unit,
    treesMax: 6,
    log,
    signal: new AbortController().signal,
  })

export const put = (store: UnitStore, key: string, row: string | Buffer = 'row'): void =>
  store.partition(0).apply(table, [[key, Buffer.from(row)]])

export const has = (store: UnitStore, key: string): boolean =>
  store.partition(0).get(table, key) !== undefined
