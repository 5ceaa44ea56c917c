import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { boards } from '#compose/grafana/boards/index'
import { fileOf, folder } from '#compose/grafana/files'
import { asked } from '#tests/monitoring/asked-series'
import { knownSeries, unknownIn } from '#tests/monitoring/known-series'
import { readRules } from '#tests/monitoring/rules'

const known = knownSeries()
const alerts = readRules().alerts.map(({ alert }) => alert)

const ofVariable = z.object({ type: z.literal('prometheus'), uid: z.literal('${datasource}') })
const Panel = z.object({
  id: z.number(),
  title: z.string().min(1),
  type: z.enum(['timeseries', 'stat', 'table', 'row']),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  datasource: ofVariable.optional(),
  targets: z
    .array(z.object({ refId: z.string(), datasource: ofVariable, expr: z.string() }))
    .optional(),
  links: z.array(z.object({ title: z.string(), url: z.string() })).optional(),
  fieldConfig: z
    .object({
      defaults: z.object({ unit: z.string().optional(), thresholds: z.unknown().optional() }),
    })
    .optional(),
})
const Variable = z.object({
  name: z.string(),
  type: z.enum(['datasource', 'textbox', 'query']),
  query: z.union([z.string(), z.object({ query: z.string() })]),
})
const Dashboard = z.object({
  uid: z.string().max(40),
  title: z.string(),
  tags: z.array(z.string()),
  links: z.array(z.object({ type: z.literal('dashboards'), tags: z.array(z.string()) })),
  templating: z.object({ list: z.array(Variable) }),
  panels: z.array(Panel),
})
const dashboards = boards.map(({ name, json }) => ({ name, ...Dashboard.parse(json) }))

describe('the dashboards', () => {
  it('are committed as they are made: npm run dashboards:generate', () => {
    const made = boards.map(fileOf)
    expect(
      readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => `${folder}/${name}`)
        .sort(),
    ).toEqual(made.map(({ path }) => path).sort())
    for (const { path, text } of made) expect(readFileSync(path, 'utf8') === text, path).toBe(true)
  })

  it('are one of everything, of a tenant, of an intermediary, of the engine, of debits, of exports', () => {
    expect(dashboards.map(({ uid }) => uid)).toEqual([
      'corrente-overview',
      'corrente-tenant-payments',
      'corrente-intermediary',
      'corrente-engine',
      'corrente-debits',
      'corrente-exports',
    ])
  })

  it.each(dashboards)('$name asks only for what there is', ({ panels }) => {
    const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
    expect(expressions.length).toBeGreaterThan(5)
    for (const expr of expressions) expect(unknownIn(asked(expr), known), expr).toEqual([])
  })

  it.each(dashboards)('$name says what its values are measured in', ({ panels }) => {
    for (const { title, type, fieldConfig } of panels) {
      if (type === 'row' || type === 'table') continue
      expect(fieldConfig?.defaults.unit, title).toBeTruthy()
      expect(fieldConfig?.defaults.thresholds, title).toBeTruthy()
    }
  })

  it.each(dashboards)('$name leads from a panel to pages that there are', ({ panels }) => {
    for (const { title, url } of panels.flatMap(({ links = [] }) => links)) {
      expect(alerts).toContain(title)
      expect(url).toBe(`\${runbooks}/${title}.md`)
    }
  })

  it.each(dashboards)('$name is found from every other', ({ tags, links }) => {
    expect(tags).toContain('corrente')
    expect(links[0]?.tags).toEqual(['corrente'])
  })

  it.each(dashboards)('$name uses each variable that it offers, and no other', (board) => {
    const offered = board.templating.list.map(({ name }) => name).sort()
    const used = [...JSON.stringify(board.panels).matchAll(/\$\{?([a-z]\w*)/g)].map(
      ([, name]) => name!,
    )
    expect([...new Set(used)].sort()).toEqual(offered)
  })

  it.each(dashboards)('$name offers only values of a label that there is', ({ templating }) => {
    for (const { name, type, query } of templating.list) {
      if (type !== 'query' || typeof query === 'string') continue
      const [, series, label] = /^label_values\((\w+), (\w+)\)$/.exec(query.query) ?? []
      expect(label).toBe(name)
      expect(known.get(series!)).toContain(label)
    }
  })

  it.each(dashboards)('$name has no panel on top of another', ({ panels }) => {
    const taken = new Set<string>()
    for (const { title, gridPos } of panels) {
      const { x, y, w, h } = gridPos
      expect(x + w, title).toBeLessThanOrEqual(24)
      for (let at = x; at < x + w; at++) {
        for (let down = y; down < y + h; down++) {
          expect(taken.has(`${at}/${down}`), title).toBe(false)
          taken.add(`${at}/${down}`)
        }
      }
    }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  })
})
