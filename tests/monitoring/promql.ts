import { parser } from '@prometheus-io/lezer-promql'

/** A series as an expression asks for it. */
export interface Selected {
  /** As exposed: that of a histogram with its `_bucket`, `_sum` or `_count`. */
  readonly name: string
  readonly labels: readonly string[]
}

export interface ReadExpression {
  readonly selected: readonly Selected[]
  /** Labels that it adds up by, matches on or leaves out. */
  readonly grouping: readonly string[]
}

/** Reads the series and labels out of a PromQL expression. Throws where Prometheus would not read it. */
export function readExpression(expression: string): ReadExpression {
  const tree = parser.parse(expression)
  const namesIn = (type: string, { from, to }: Place): string[] => {
    const found: string[] = []
    tree.iterate({
      from,
      to,
      enter: (node) => {
        const isWithin = node.from >= from && node.to <= to
        if (isWithin && node.type.name === type) found.push(expression.slice(node.from, node.to))
      },
    })
    return found
  }
  const selected: Selected[] = []
  const grouping: string[] = []
  tree.iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) throw new Error(`no PromQL from character ${from} on: ${expression}`)
      const place = { from, to }
      if (type.name === 'GroupingLabels') grouping.push(...namesIn('LabelName', place))
      if (type.name !== 'VectorSelector') return
      const [name = ''] = namesIn('Identifier', place)
      selected.push({ name, labels: namesIn('LabelName', place) })
    },
  })
  return { selected, grouping }
}

interface Place {
  readonly from: number
  readonly to: number
}
