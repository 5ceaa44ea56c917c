/** How Grafana shows values: times and sizes in the unit that fits, rates each second, shares of one in per cent. */
export type Unit = 's' | 'bytes' | 'short' | 'cps' | 'reqps' | 'percentunit'

/** A line, or a group of lines, of a panel. */
export interface Query {
  readonly expr: string
  /** What a line is called, with labels between double braces. */
  readonly legend: string
}

interface Bounds {
  /** From here on it is yellow. */
  readonly warn?: number
  /** From here on it is red. */
  readonly bad?: number
}

interface PanelOptions extends Bounds {
  readonly unit: Unit
  readonly queries: readonly Query[]
  /** What to know when reading it. */
  readonly description?: string
  /** Alerts that look at the same: their pages are linked. */
  readonly alerts?: readonly string[]
  /** Of 24. */
  readonly width?: number
}

/** A panel as Grafana stores it, but for its place. */
export interface Panel {
  readonly title: string
  readonly type: 'timeseries' | 'stat' | 'table' | 'row'
  readonly width: number
  readonly height: number
  readonly body: Readonly<Record<string, unknown>>
}

/** The address of docs/runbooks is a variable of each dashboard. */
const linksTo = (alerts: readonly string[] = []) =>
  alerts.map((alert) => ({
    title: alert,
    url: `\${runbooks}/${alert}.md`,
    targetBlank: true,
  }))

const datasource = { type: 'prometheus', uid: '${datasource}' }

const targetsOf = (queries: readonly Query[], more: object = {}) =>
  queries.map(({ expr, legend }, index) => ({
    refId: String.fromCharCode('A'.charCodeAt(0) + index),
    datasource,
    expr,
    legendFormat: legend,
    ...more,
  }))

function stepsOf({ warn, bad }: Bounds) {
  return [
    { color: 'green', value: null },
    ...(warn === undefined ? [] : [{ color: 'yellow', value: warn }]),
    ...(bad === undefined ? [] : [{ color: 'red', value: bad }]),
  ]
}

/** Lines over time. */
export function lines(title: string, options: PanelOptions): Panel {
  const { unit, queries, description = '', alerts, width = 8, ...bounds } = options
  const isBounded = bounds.warn !== undefined || bounds.bad !== undefined
  return {
    title,
    type: 'timeseries',
    width,
    height: 8,
    body: {
      description,
      datasource,
      links: linksTo(alerts),
      targets: targetsOf(queries),
      fieldConfig: {
        defaults: {
          unit,
          min: 0,
          custom: {
            lineWidth: 1,
            fillOpacity: 8,
            showPoints: 'never',
            thresholdsStyle: { mode: isBounded ? 'dashed' : 'off' },
          },
          thresholds: { mode: 'absolute', steps: stepsOf(bounds) },
        },
        overrides: [],
      },
      options: {
        legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] },
        tooltip: { mode: 'multi', sort: 'desc' },
      },
    },
  }
}

/** One number as it is now, coloured by its bounds. */
export function number(title: string, options: PanelOptions): Panel {
  const { unit, queries, description = '', alerts, width = 4, ...bounds } = options
  return {
    title,
    type: 'stat',
    width,
    height: 4,
    body: {
      description,
      datasource,
      links: linksTo(alerts),
      targets: targetsOf(queries, { instant: true }),
      fieldConfig: {
        defaults: { unit, noValue: '–', thresholds: { mode: 'absolute', steps: stepsOf(bounds) } },
        overrides: [],
      },
      options: {
        colorMode: 'background',
        graphMode: 'none',
        reduceOptions: { calcs: ['lastNotNull'] },
        textMode: 'auto',
      },
    },
  }
}

/** The series themselves as rows, one for each, as they are now. */
export function table(
  title: string,
  { expr, hidden }: { expr: string; hidden: readonly string[] },
): Panel {
  const excludeByName = Object.fromEntries(
    ['Time', '__name__', ...hidden].map((name) => [name, true]),
  )
  return {
    title,
    type: 'table',
    width: 24,
    height: 7,
    body: {
      description: '',
      datasource,
      links: [],
      targets: targetsOf([{ expr, legend: '' }], { instant: true, format: 'table' }),
      fieldConfig: { defaults: { noValue: 'none' }, overrides: [] },
      options: { showHeader: true },
      transformations: [{ id: 'organize', options: { excludeByName } }],
    },
  }
}

/** A heading. */
export const heading = (title: string): Panel => ({
  title,
  type: 'row',
  width: 24,
  height: 1,
  body: { collapsed: false, panels: [] },
})
