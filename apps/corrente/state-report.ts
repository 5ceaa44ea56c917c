import type { FoundStore, StoredTable } from '#core/inspect-store'

/** One row as the operator is shown it. */
export interface ShownRow {
  readonly table: string
  readonly partition: number
  readonly key: string
  /** Its value, where its schema is known. */
  readonly value?: unknown
  /** Why there is no value. */
  readonly unreadable?: string
}

/** What is known of one store. */
export interface StoreReport extends FoundStore {
  readonly file_bytes?: number
  /** Why the next process to open it builds it anew. */
  readonly doubt?: string
  readonly tables: readonly StoredTable[]
  readonly rows?: readonly ShownRow[]
}

const units = ['B', 'kB', 'MB', 'GB'] as const

export function sizeText(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const amount = bytes / 1_000 ** power
  return `${power === 0 ? amount : amount.toFixed(1)} ${units[power]}`
}

export function ageText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

const columns = ['table', 'partition', 'rows', 'size', 'position', 'age']

const cellsOf = ({ table, partition, rows, bytes, copy }: StoredTable, nowMs: number) => [
  table,
  String(partition),
  String(rows),
  sizeText(bytes),
  copy ? String(copy.position) : '-',
  copy ? ageText(nowMs - copy.at) : '-',
]

function tableText(lines: readonly (readonly string[])[]): string[] {
  const widths = columns.map((_, n) => Math.max(...lines.map((cells) => cells[n]?.length ?? 0)))
  return lines.map((cells) =>
    cells
      .map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
      .join('  '),
  )
}

/** A store as text: a line for it, its tables, and the rows that were asked for. */
export function reportText(report: StoreReport, nowMs: number): string {
  const { unit, slot, file_bytes: bytes, doubt, tables, rows } = report
  const size = bytes === undefined ? '' : `, ${sizeText(bytes)}`
  const head = `${unit}, slot ${slot}${size}${doubt === undefined ? '' : `; is built anew: ${doubt}`}`
  const cells = tables.map((table) => cellsOf(table, nowMs))
  const shown = (rows ?? []).map(
    ({ table, partition, key, value, unreadable }) =>
      `${table}/${partition} ${key} ${unreadable === undefined ? JSON.stringify(value) : `(${unreadable})`}`,
  )
  return [head, ...tableText(cells.length > 0 ? [columns, ...cells] : []), ...shown].join('\n')
}
