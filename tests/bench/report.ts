import { type Row, type RowPlan, shown, spreadOf } from '#tests/bench/row'

/** Everything a bench prints. */
export interface Result {
  readonly bench: string
  /** Load average over 1 and 5 minutes, at the end. */
  readonly load: readonly [number, number]
  readonly config: Readonly<Record<string, unknown>>
  readonly rows: readonly Row[]
}

const headings = ['row', 'what', 'ours', 'rival', 'ratio', 'spread', 'floor', 'bar', ''] as const
const marks = new Map<boolean | null, string>([
  [true, 'ok'],
  [false, 'NOT OK'],
  [null, ''],
])

const orNothing = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : shown(value)

function cellsOf(row: Row, plan: RowPlan | undefined): readonly string[] {
  const { id, ours, rival, ratio, floor, unit, bar, ok, smaller } = row
  const range = spreadOf(row)
  return [
    id,
    [plan?.what ?? '', ...(smaller === undefined ? [] : [`(ONLY ${smaller})`])].join(' ').trim(),
    ours === null ? 'not measured' : `${shown(ours)} ${unit}`,
    [orNothing(rival), rival === null ? '' : (plan?.rival ?? '')].join(' ').trim(),
    orNothing(ratio),
    range ? range.map(shown).join(' – ') : '',
    orNothing(floor),
    bar,
    marks.get(ok)!,
  ]
}

/** The table for people. The spread is of the ratio where there is a rival, else of our own figure. */
export function tableOf(rows: readonly Row[], plans: readonly RowPlan[]): string {
  const planOf = new Map(plans.map((plan) => [plan.id, plan]))
  const lines = [headings, ...rows.map((row) => cellsOf(row, planOf.get(row.id)))]
  const widths = headings.map((_, i) => Math.max(...lines.map((cells) => cells[i]!.length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  return [line(headings), rule, ...lines.slice(1).map(line)].join('\n')
}

/** The last line a bench prints, for programs. */
export const jsonLineOf = ({ bench, load, config, rows }: Result): string =>
  JSON.stringify({ bench, load, config, rows })
