import { describe, expect, it } from 'vitest'
import { flowOf } from '#apps/operations/flow-layout'
import { declaredUnits } from '#apps/platform/declared-units'
import type { AnyTopic } from '#schemas/topic'

const topic = (name: string) => ({ name }) as AnyTopic
const unit = (name: string, input: string, ...outputs: string[]) => ({
  name,
  input: topic(input),
  outputs: outputs.map(topic),
})

describe('the layout of the flow', () => {
  it('goes from left to right, by the longest way, and marks what flows back', () => {
    const { nodes, edges } = flowOf([
      unit('split', 'in', 'short', 'long'),
      unit('step', 'long', 'longer'),
      unit('join', 'longer', 'short'),
      unit('loop', 'short', 'in'),
    ])
    const columns = Object.fromEntries(nodes.map(({ name, column }) => [name, column]))
    const expected = { in: 0, split: 1, long: 2, step: 3, longer: 4, join: 5, short: 6, loop: 7 }
    expect(columns).toEqual(expected)
    expect(edges.filter(({ isBack }) => isBack)).toEqual([{ from: 'loop', to: 'in', isBack: true }])
  })

  it('has each unit and topic of ours once, none on another', () => {
    const { nodes, edges } = flowOf(declaredUnits)
    expect(nodes.filter(({ kind }) => kind === 'unit')).toHaveLength(declaredUnits.length)
    const places = nodes.map(({ column, row }) => `${column}/${row}`)
    expect(new Set(places).size).toBe(places.length)
    const columnOf = new Map(nodes.map(({ name, column }) => [name, column]))
    for (const { from, to, isBack } of edges) {
      expect(columnOf.get(from)! < columnOf.get(to)!, `${from} > ${to}`).toBe(!isBack)
    }
  })
})
