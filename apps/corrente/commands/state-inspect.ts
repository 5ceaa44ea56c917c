import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { homeOf, installed } from '#apps/corrente/installation'
import { reportText, type ShownRow, type StoreReport } from '#apps/corrente/state-report'
import { allTopics } from '#apps/platform/contracts'
import { platformSettings } from '#apps/platform/settings'
import {
  doubtOf,
  type FoundStore,
  type ReadableStore,
  readStore,
  storesIn,
} from '#core/inspect-store'
import { newWire, type Wire } from '#core/wire'

const options = {
  unit: { type: 'string' },
  slot: { type: 'string' },
  key: { type: 'string' },
  limit: { type: 'string' },
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

interface Asked {
  readonly key?: string | undefined
  /** Rows to show of each table and partition. */
  readonly limit: number
  readonly wire?: Wire
}

/** Where the worker of this installation keeps the rows of its units. */
const stateDirectory = (portBase: string | undefined): string => join(homeOf(portBase), 'state')

function limitOf(text: string | undefined): number {
  if (text === undefined) return 0
  const limit = Number(text)
  if (Number.isInteger(limit) && limit > 0) return limit
  throw new UsageError(`--limit ${text}: say how many rows of each table and partition, 1 or more`)
}

/** The value of a row, as far as its schema can be found. */
async function shown(row: ShownRow, bytes: Buffer, wire: Wire | undefined): Promise<ShownRow> {
  const topic = allTopics.find(({ name }) => name === row.table)
  if (!topic) return { ...row, unreadable: `${bytes.length} bytes of a table that is not declared` }
  try {
    await wire?.prepareRead([bytes])
    const decoded = wire?.decode(topic, bytes, row.key)
    if (decoded?.kind === 'value') return { ...row, value: decoded.value }
    return { ...row, unreadable: `${bytes.length} bytes` }
  } catch (error) {
    return { ...row, unreadable: `${bytes.length} bytes: ${(error as Error).message}` }
  }
}

async function rowsOf(store: ReadableStore, { key, limit, wire }: Asked): Promise<ShownRow[]> {
  const rows: ShownRow[] = []
  for (const table of store.tables) {
    const place = { table: table.table, partition: table.partition }
    const tree = store.tree(table)
    const one = key === undefined ? undefined : tree.get(key)
    if (key !== undefined && one) rows.push(await shown({ ...place, key }, one, wire))
    let left = key === undefined ? limit : 0
    if (left === 0) continue
    for (const [found, bytes] of tree.range({})) {
      rows.push(await shown({ ...place, key: found }, bytes, wire))
      if (--left === 0) break
    }
  }
  return rows
}

async function inspected(found: FoundStore, asked: Asked): Promise<StoreReport> {
  const doubt = doubtOf(found)
  const doubted = doubt === undefined ? {} : { doubt }
  let store: ReadableStore
  try {
    store = readStore(found)
  } catch (error) {
    return { ...found, ...doubted, doubt: (error as Error).message, tables: [] }
  }
  try {
    const { fileBytes, tables } = store
    const isAsked = asked.key !== undefined || asked.limit > 0
    const rows = isAsked ? { rows: await rowsOf(store, asked) } : {}
    return { ...found, file_bytes: fileBytes, ...doubted, tables, ...rows }
  } finally {
    await store.close()
  }
}

/** The registry is only asked for the values of rows; without one they are shown by their size. */
async function wireFor(portBase: string | undefined): Promise<{ readonly wire?: Wire }> {
  try {
    return { wire: newWire(platformSettings(await installed(portBase)).wire) }
  } catch (error) {
    report(`values are not shown: ${(error as Error).message}`)
    return {}
  }
}

/** What lies on the disk, while the worker runs or not. */
export const stateInspect: Command = {
  name: 'state inspect',
  summary: "the rows that units keep on this machine's disk, and how far they go",
  help: `corrente state inspect [--unit <unit>] [--slot <slot>] [--key <key> | --limit <n>] [--json] [--port-base <n>]

Shows each store below CORRENTE_HOME: its tables by partition, their rows, their size, the position in the changelog
up to which they are complete, and how long ago that was noted. A worker may run meanwhile: what it changed within
the last second is not on the disk yet. --key shows the rows of that key, --limit the first rows of each table and
partition, as JSON where their schema is found: rows may hold personal data. Exit code 1 where nothing is found.`,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const { key, unit, slot, 'port-base': portBase } = values
    const limit = limitOf(values.limit)
    if (key !== undefined && limit > 0) throw new UsageError('say --key or --limit, not both')
    const directory = stateDirectory(portBase)
    const found = storesIn(directory).filter(
      (store) => (unit ?? store.unit) === store.unit && (slot ?? store.slot) === store.slot,
    )
    if (found.length === 0) {
      report(`no rows ${unit === undefined ? '' : `of ${unit} `}are kept in ${directory}`)
      return 1
    }
    const isAsked = key !== undefined || limit > 0
    const asked = { key, limit, ...(isAsked ? await wireFor(portBase) : {}) }
    const reports: StoreReport[] = []
    for (const store of found) reports.push(await inspected(store, asked))
    if (values.json) print(JSON.stringify(reports))
    else print(reports.map((one) => reportText(one, Date.now())).join('\n\n'))
    const isFound = key === undefined || reports.some(({ rows = [] }) => rows.length > 0)
    if (!isFound) report(`no row has the key ${key}`)
    return isFound ? 0 : 1
  },
}
