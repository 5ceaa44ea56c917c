import { ownMetrics } from '#tests/monitoring/own-metrics'
import { readExpression } from '#tests/monitoring/promql'
import { readRules } from '#tests/monitoring/rules'

/** Prometheus gives these to every sample. */
const targetLabels = ['instance', 'job']

/** Every series that can be asked for, with the labels it has: those of processes, those that rules record, `up`. */
export function knownSeries(): ReadonlyMap<string, readonly string[]> {
  const known = new Map<string, readonly string[]>([
    ['up', targetLabels],
    ['ALERTS', ['alertname', 'alertstate', 'severity']],
  ])
  for (const [name, { type, labels }] of ownMetrics()) {
    const given = [...labels, ...targetLabels]
    if (type !== 'histogram') known.set(name, given)
    else {
      known.set(`${name}_bucket`, [...given, 'le'])
      known.set(`${name}_sum`, given)
      known.set(`${name}_count`, given)
    }
  }
  for (const { record, expr } of readRules().records) {
    const { selected, grouping } = readExpression(expr)
    const summed = selected.flatMap(({ name }) => (/:/.test(name) ? (known.get(name) ?? []) : []))
    known.set(record, [...grouping, ...summed])
  }
  return known
}

/** What an expression asks for that nobody has, in sentences; none where all of it is there. */
export function unknownIn(
  expression: string,
  known: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const { selected, grouping } = readExpression(expression)
  const ofSeries = selected.flatMap(({ name, labels }) => {
    const has = known.get(name)
    if (!has) return [`nobody has ${name}`]
    return labels.filter((one) => !has.includes(one)).map((one) => `${name} has no label ${one}`)
  })
  const all = new Set(selected.flatMap(({ name }) => known.get(name) ?? []))
  const ofGrouping = grouping.filter((one) => !all.has(one))
  return [...ofSeries, ...ofGrouping.map((one) => `nothing in it has a label ${one}`)]
}
