import { describe, expect, it } from 'vitest'
import { readExpression } from '#tests/monitoring/promql'

describe('an expression of PromQL', () => {
  it('is read for the series it asks for and the labels it adds up by', () => {
    const expression =
      'sum by (unit, le) (rate(a_bucket{outcome!="x",kind=~"y"}[5m])) / ignoring (what) corrente:b:sum > 0 or (c unless c offset 1h)'
    expect(readExpression(expression)).toEqual({
      selected: [
        { name: 'a_bucket', labels: ['outcome', 'kind'] },
        { name: 'corrente:b:sum', labels: [] },
        { name: 'c', labels: [] },
        { name: 'c', labels: [] },
      ],
      grouping: ['unit', 'le', 'what'],
    })
  })

  it.each(['sum by (unit', 'a{b=}', 'rate(a[5m]) >', ''])('is none: %s', (expression) => {
    expect(() => readExpression(expression)).toThrow('no PromQL')
  })
})
