import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { open } from 'lmdb'
import { bootId } from '#core/boot-id'
import {
  fileOptions,
  noteOptions,
  notesName,
  rowOptions,
  type RowTree,
  treeOf,
} from '#core/state-database'
import { dataFile, expectWhole, fileDoubt } from '#core/state-file'
import { readMarker } from '#core/store-marker'
import { type Copy, storeDoubt } from '#core/verdict'

/** A store on the disk, by whose it is. */
export interface FoundStore {
  readonly slot: string
  readonly unit: string
  readonly directory: string
}

/** One table and partition as it was last written; a copy only where it is level with its changelog. */
export interface StoredTable {
  readonly table: string
  readonly partition: number
  readonly rows: number
  readonly bytes: number
  readonly copy?: Copy
}

/** A store that is open for reading, beside the process that works on it. */
export interface ReadableStore {
  readonly fileBytes: number
  readonly tables: readonly StoredTable[]
  tree(table: StoredTable): Pick<RowTree, 'get' | 'range'>
  close(): Promise<void>
}

const foldersIn = (path: string): string[] =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name] : [],
      )
    : []

/** The stores below a home's state directory, by slot and unit. */
export const storesIn = (directory: string): readonly FoundStore[] =>
  foldersIn(directory)
    .sort()
    .flatMap((slot) =>
      foldersIn(join(directory, slot))
        .sort()
        .map((unit) => ({ slot, unit, directory: join(directory, slot, unit) })),
    )
    .filter((store) => existsSync(dataFile(store.directory)))

/** Why the next process to open the store would build it anew; undefined where it would not. */
export function doubtOf({ directory }: FoundStore): string | undefined {
  const marker = readMarker(directory)
  const here = { bootId: bootId(), cluster: marker?.cluster ?? '' }
  return storeDoubt(marker, here) ?? fileDoubt(directory)
}

const treesMax = 4_096

/** Opens a store without taking it from anybody. Throws where it cannot be trusted: see `doubtOf`. */
export function readStore({ directory }: FoundStore): ReadableStore {
  const path = dataFile(directory)
  const doubt = fileDoubt(directory)
  if (doubt !== undefined) throw new Error(`${path} cannot be read: ${doubt}`)
  const root = open({ path, ...fileOptions, readOnly: true, maxDbs: treesMax })
  try {
    expectWhole(root.getStats(), path)
    const treeAt = (name: string) => treeOf(root.openDB<Buffer, string>({ name, ...rowOptions }))
    const notes = treeOf(root.openDB<Buffer, string>({ name: notesName, ...noteOptions }))
    // The names of the trees are C strings.
    const names = [...root.getKeys({})].map((key) => String(key).replace(/\0$/, ''))
    const tables = names
      .filter((name) => name.includes('/'))
      .map((name): StoredTable => {
        const at = name.lastIndexOf('/')
        const place = { table: name.slice(0, at), partition: Number(name.slice(at + 1)) }
        const copy = notes.get(`copy/${name}`)
        const read = copy === undefined ? {} : { copy: JSON.parse(String(copy)) as Copy }
        return { ...place, ...treeAt(name).size(), ...read }
      })
    return {
      fileBytes: statSync(path).size,
      tables: tables.sort((a, b) => a.table.localeCompare(b.table) || a.partition - b.partition),
      tree: ({ table, partition }) => treeAt(`${table}/${partition}`),
      close: () => root.close(),
    }
  } catch (error) {
    void root.close()
    throw error
  }
}
