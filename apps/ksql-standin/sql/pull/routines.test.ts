import { describe, expect, it } from 'vitest'
import { observedQueries, observedSources, selectIn } from '#apps/ksql-standin/sql/example-sources'
import { planPull } from '#apps/ksql-standin/sql/pull/plan-pull'
import { routines } from '#apps/ksql-standin/sql/pull/routines'

const made = new Set(routines.flatMap((sql) => /function ksql\.(\w+)\(/.exec(sql)?.[1] ?? []))
const calledIn = (sql: string) => [...sql.matchAll(/ksql\.(\w+)\(/g)].map(([, name]) => name!)

describe('the functions in Postgres', () => {
  it('come before what calls them', () => {
    const known = new Set<string>()
    for (const sql of routines.slice(1)) {
      const [name = '', ...called] = calledIn(sql)
      for (const other of called) expect([...known], sql).toContain(other)
      known.add(name)
    }
    expect(routines[0]).toBe('create schema if not exists ksql')
  })

  it('are all that plans call', () => {
    const answered = observedQueries.filter((one) => one.schema && !one.isWrongThere)
    const called = answered.flatMap(({ sql }) => {
      const settings = { properties: {}, areTyped: false }
      return calledIn(planPull(selectIn(sql), observedSources, settings).text)
    })
    expect(called.length).toBeGreaterThan(10)
    for (const name of called) expect([...made]).toContain(name)
  })

  it('fail for no row: they are strict, and two of a kind never differ in their arguments', () => {
    for (const sql of routines.slice(1)) expect(sql).toContain('stable strict')
    expect(made.size).toBe(routines.length - 1)
  })
})
