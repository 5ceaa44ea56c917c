import type { Unit } from '#core/processor'

/** A unit or a topic and its place in the picture: columns from the left, rows from the top. */
export interface FlowNode {
  readonly name: string
  readonly kind: 'unit' | 'topic'
  readonly column: number
  readonly row: number
}

/** What flows from one to the other; `isBack` where it flows back to where it came from. */
export interface FlowEdge {
  readonly from: string
  readonly to: string
  readonly isBack: boolean
}

/** Units and the topics between them, laid out in the direction of the flow. */
export interface Flow {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
}

type Named = Pick<Unit, 'name' | 'input' | 'outputs'>

/** Lays the units out: what writes stands left of what it writes, and nothing moves unless the declarations do. */
export function flowOf(units: readonly Named[]): Flow {
  const targets = new Map<string, string[]>()
  const link = (from: string, to: string) => {
    targets.set(from, [...(targets.get(from) ?? []), to])
    if (!targets.has(to)) targets.set(to, [])
  }
  for (const { name, input, outputs } of units) {
    link(input.name, name)
    for (const output of outputs) link(name, output.name)
  }
  const edges = edgesOf(targets)
  const columns = columnsOf([...targets.keys()], edges)
  const unitNames = new Set(units.map(({ name }) => name))
  return { edges, nodes: placed(columns, edges, unitNames) }
}

/** All edges; those that lead back to where the way came from are marked. */
function edgesOf(targets: ReadonlyMap<string, readonly string[]>): readonly FlowEdge[] {
  const edges: FlowEdge[] = []
  const seen = new Set<string>()
  const way = new Set<string>()
  const visit = (from: string) => {
    seen.add(from)
    way.add(from)
    for (const to of targets.get(from) ?? []) {
      edges.push({ from, to, isBack: way.has(to) })
      if (!seen.has(to)) visit(to)
    }
    way.delete(from)
  }
  for (const name of targets.keys()) if (!seen.has(name)) visit(name)
  return edges
}

/** The length of the longest way to each. */
function columnsOf(names: readonly string[], edges: readonly FlowEdge[]): Map<string, number> {
  const columns = new Map(names.map((name) => [name, 0]))
  // As often as there are names: then the longest way is known, since there is no way back.
  for (let round = 0; round < names.length; round++) {
    for (const { from, to, isBack } of edges) {
      if (!isBack) columns.set(to, Math.max(columns.get(to)!, columns.get(from)! + 1))
    }
  }
  return columns
}

/** Rows by the middle of those that lead here, so that few lines cross. */
function placed(
  columns: ReadonlyMap<string, number>,
  edges: readonly FlowEdge[],
  units: ReadonlySet<string>,
): readonly FlowNode[] {
  const rows = new Map<string, number>()
  const middleOf = (name: string) => {
    const before = edges.filter((one) => one.to === name && !one.isBack).map(({ from }) => from)
    return before.reduce((sum, from) => sum + (rows.get(from) ?? 0), 0) / Math.max(1, before.length)
  }
  const last = Math.max(...columns.values())
  const nodes: FlowNode[] = []
  for (let column = 0; column <= last; column++) {
    const names = [...columns].filter(([, at]) => at === column).map(([name]) => name)
    names
      .toSorted((one, other) => middleOf(one) - middleOf(other))
      .forEach((name, row) => {
        rows.set(name, row)
        nodes.push({ name, kind: units.has(name) ? 'unit' : 'topic', column, row })
      })
  }
  return nodes
}
