import { boards } from '#compose/grafana/boards/index'
import { readExpression } from '#tests/monitoring/promql'
import { readRules } from '#tests/monitoring/rules'

// What Grafana puts in before it asks.
export const asked = (expression: string) => expression.replace(/\$__(rate_interval|range)/g, '5m')

interface Board {
  readonly panels: readonly { readonly targets?: readonly { readonly expr: string }[] }[]
}

/** Names of the series of processes that a rule or a dashboard asks for; not those that rules record. */
export function askedSeries(): readonly string[] {
  const { alerts, records } = readRules()
  const ofBoards = boards.flatMap(({ json }) =>
    (json as unknown as Board).panels.flatMap(({ targets = [] }) =>
      targets.map(({ expr }) => expr),
    ),
  )
  const expressions = [...alerts, ...records].map(({ expr }) => expr).concat(ofBoards)
  const names = expressions.flatMap((expr) =>
    readExpression(asked(expr)).selected.map(({ name }) => name),
  )
  return [...new Set(names)].filter((name) => /^(corrente|process|nodejs)_/.test(name)).sort()
}
