import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { knownSeries, unknownIn } from '#tests/monitoring/known-series'
import { readExpression } from '#tests/monitoring/promql'
import { readRules } from '#tests/monitoring/rules'

const { alerts, records } = readRules()
const known = knownSeries()

interface Example {
  readonly input_series: readonly unknown[]
  readonly promql_expr_test: readonly {
    readonly expr: string
    readonly exp_samples: readonly { readonly labels: string }[]
  }[]
}
const folder = 'compose/prometheus/tests'
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => parse(readFileSync(`${folder}/${name}`, 'utf8')) as { readonly tests: Example[] })
  .flatMap(({ tests }) => tests)

describe('the rules of Prometheus', () => {
  it.each(records)('$record is recorded of what there is', ({ expr }) => {
    expect(unknownIn(expr, known)).toEqual([])
  })

  it.each(alerts)('$alert looks at what there is', ({ expr }) => {
    expect(unknownIn(expr, known)).toEqual([])
  })

  it.each(alerts)('$alert says what it found only by labels that it has', (rule) => {
    const { selected, grouping } = readExpression(rule.expr)
    const isSummed = /^(sum|max|min)/.test(rule.expr)
    const has = isSummed ? grouping : selected.flatMap(({ name }) => known.get(name) ?? [])
    const text = rule.annotations.summary + rule.annotations.description
    const named = [...text.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label)
    for (const label of named) expect(has).toContain(label)
  })

  it.each(alerts)('$alert leads to its page', ({ alert, annotations }) => {
    expect(annotations.runbook_url).toBe(`docs/runbooks/${alert}.md`)
    expect(existsSync(annotations.runbook_url)).toBe(true)
  })

  it.each(alerts)('$alert has examples of firing and of not firing', ({ alert }) => {
    const own = examples.filter(({ promql_expr_test: looks }) =>
      looks.some(({ expr }) => expr === `ALERTS{alertname="${alert}"}`),
    )
    const counts = own.flatMap(({ input_series, promql_expr_test }) =>
      promql_expr_test.map(({ exp_samples }) => ({
        firing: exp_samples.filter(({ labels }) => labels.includes('alertstate="firing"')).length,
        series: input_series.length,
      })),
    )
    expect(counts.some(({ firing }) => firing > 0)).toBe(true)
    // What an example expects is all there is: a series that is not told of is quiet.
    expect(counts.some(({ firing, series }) => firing < series)).toBe(true)
  })

  it('have names of their own', () => {
    const names = [...alerts.map(({ alert }) => alert), ...records.map(({ record }) => record)]
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('what a rule names', () => {
  it('is told where nobody has it', () => {
    expect(unknownIn('sum by (unit, party) (corrente_lag{topic="a"}) + gone', known)).toEqual([
      'corrente_lag has no label topic',
      'nobody has gone',
      'nothing in it has a label party',
    ])
  })
})
