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

type Tree = ReturnType<typeof parser.parse>
type Node = Tree['topNode']

/** Reads the series and labels out of a PromQL expression. Throws where Prometheus would not read it. */
export function readExpression(expression: string): ReadExpression {
  const tree = parser.parse(expression)
  const textOf = ({ from, to }: Node) => expression.slice(from, to)
  const selected: Selected[] = []
  const grouping: string[] = []
  tree.iterate({
    enter: ({ node, type, from }) => {
      if (type.isError) throw new Error(`no PromQL from character ${from} on: ${expression}`)
      if (type.name === 'VectorSelector') selected.push(selectedAt(node, textOf))
      if (type.name === 'GroupingLabels') grouping.push(...namesIn(node, 'LabelName', textOf))
    },
  })
  return { selected, grouping }
}

function selectedAt(node: Node, textOf: (node: Node) => string): Selected {
  const [name = ''] = namesIn(node, 'Identifier', textOf)
  return { name, labels: namesIn(node, 'LabelName', textOf) }
}

function namesIn(node: Node, type: string, textOf: (node: Node) => string): string[] {
  const found: string[] = []
  node.cursor().iterate((at) => {
    if (at.type.name === type) found.push(textOf(at.node))
    // What follows the node itself is not of it.
    return at.from < node.to
  })
  return found
}
