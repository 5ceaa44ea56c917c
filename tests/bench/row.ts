import { median, spread } from '#tests/bench/statistics'

/** What a row must reach: the ratio to the rival, or our own figure. */
export interface Bar {
  readonly of: 'ratio' | 'ours'
  readonly is: 'at least' | 'at most'
  readonly value: number
}

/** One run of one row. */
export interface Sample {
  readonly ours: number
  /** The rival's figure of the same minute; absent where there is none. */
  readonly rival?: number
  /** A plain produce → consume of the same minute, for latencies. */
  readonly floor?: number
  /** The bar of this run, where it follows from what was measured. */
  readonly bar?: number
}

/** A row as it is declared, before anything is measured. */
export interface RowPlan {
  readonly id: string
  readonly what: string
  readonly unit: string
  /** Whom `rival` names, in the table. */
  readonly rival?: string
  /** Absent: the row is only reported. */
  readonly bar?: Bar
  /** What was smaller than the bar is meant for, in words; absent where nothing was. */
  readonly smaller?: string
}

/** A row as it is printed. Figures are medians of the runs; null where there are none. */
export interface Row {
  readonly id: string
  readonly ours: number | null
  readonly rival: number | null
  /** Median of the runs' own ratios, ours to the rival's. */
  readonly ratio: number | null
  readonly floor?: number
  readonly unit: string
  readonly bar: string
  /** Null where the row has no bar. */
  readonly ok: boolean | null
  readonly smaller?: string
  readonly runs: readonly Sample[]
}

const signs = { 'at least': '≥', 'at most': '≤' } as const

const ratioOf = ({ ours, rival }: Sample): number[] => (rival === undefined ? [] : [ours / rival])

const medianOr = (numbers: readonly number[]): number | null =>
  numbers.length === 0 ? null : median(numbers)

const given = (samples: readonly Sample[], name: 'rival' | 'floor' | 'bar'): number[] =>
  samples.flatMap((sample) => sample[name] ?? [])

/** Numbers as people read them: three digits, and no fraction from 100 on. */
export const shown = (value: number): string =>
  Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en-US')
    : String(Number(value.toPrecision(3)))

function barText({ of, is, value }: Bar, unit: string): string {
  return of === 'ratio' ? `${signs[is]} ${value}×` : `${signs[is]} ${shown(value)} ${unit}`
}

/** Sums the runs of a row up. A row that was not measured is not ok. */
export function rowOf(plan: RowPlan, samples: readonly Sample[]): Row {
  const { id, unit } = plan
  const ours = medianOr(samples.map((sample) => sample.ours))
  const ratio = medianOr(samples.flatMap(ratioOf))
  const value = medianOr(given(samples, 'bar')) ?? plan.bar?.value
  const bar = plan.bar && value !== undefined ? { ...plan.bar, value } : undefined
  const figure = bar?.of === 'ratio' ? ratio : ours
  const reached = figure !== null && bar !== undefined && isReached(bar, figure)
  const floor = medianOr(given(samples, 'floor'))
  return {
    id,
    ours,
    rival: medianOr(given(samples, 'rival')),
    ratio,
    ...(floor === null ? {} : { floor }),
    unit,
    bar: bar === undefined ? 'reported' : barText(bar, unit),
    ok: bar === undefined ? null : reached,
    ...(plan.smaller === undefined ? {} : { smaller: plan.smaller }),
    runs: samples,
  }
}

const isReached = ({ is, value }: Bar, figure: number): boolean =>
  is === 'at least' ? figure >= value : figure <= value

/** The spread of what the bar looks at: of the runs' ratios where there is a rival, else of our own figure. */
export function spreadOf({ runs }: Row): readonly [number, number] | undefined {
  if (runs.length === 0) return undefined
  const ratios = runs.flatMap(ratioOf)
  return spread(ratios.length > 0 ? ratios : runs.map(({ ours }) => ours))
}
