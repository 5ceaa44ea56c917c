import { describe, expect, it } from 'vitest'
import { selectIn, sourceOf } from '#apps/ksql-standin/sql/example-sources'
import { KsqlError } from '#apps/ksql-standin/sql/ksql-error'
import { planPull } from '#apps/ksql-standin/sql/pull/plan-pull'

describe('nothing of a statement gets into the text of the query', () => {
  const poison = `x'; drop table "t"; -- $9 \\' */ \u2019`
  const inText = poison.replaceAll("'", "''")
  const inName = poison.replaceAll('`', '``')
  const hostile = sourceOf(
    `CREATE SOURCE TABLE \`${inName}\` (\`k ${inName}\` VARCHAR PRIMARY KEY, \`${inName}\` STRUCT<\`${inName}\` VARCHAR>, m MAP<VARCHAR, INT>) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');`,
  )
  const sources = new Map([[hostile.name, hostile]])
  const plan = (sql: string) =>
    planPull(selectIn(sql), sources, { properties: {}, areTyped: false })
  const queries = [
    `SELECT * FROM \`${inName}\` WHERE \`k ${inName}\` = '${inText}';`,
    `SELECT \`${inName}\`->\`${inName}\` AS \`${inName}\` FROM \`${inName}\` p WHERE p.m['${inText}'] = 1;`,
    `SELECT STRUCT(\`${inName}\`:='${inText}') AS s, MAP('${inText}':=1) AS m, ARRAY['${inText}'] AS a FROM \`${inName}\`;`,
    `SELECT CAST(\`${inName}\` AS VARCHAR) AS c FROM \`${inName}\` WHERE \`k ${inName}\` LIKE '${inText}' ESCAPE '!';`,
    `SELECT CASE WHEN m['a'] = 1 THEN '${inText}' END AS c FROM \`${inName}\` WHERE \`k ${inName}\` IN ('${inText}', 'b');`,
    `SELECT COALESCE(\`k ${inName}\`, '${inText}') || '${inText}' AS c FROM \`${inName}\` WHERE \`k ${inName}\` BETWEEN '${inText}' AND '${inText}';`,
    `SELECT TIMESTAMPTOSTRING(ROWTIME, 'yyyy''${inText.replaceAll("'", "''")}''') AS c FROM \`${inName}\`;`,
  ]

  it.each(queries)('%s', (sql) => {
    const { text, values } = plan(sql)
    const withoutRelation = text.replace(hostile.relation, 'tables."t"')
    expect(withoutRelation).not.toMatch(/drop|--|\*\/|\\/)
    // Every place for a value is one of ours, and each value has its place.
    const places = new Set(
      [...withoutRelation.matchAll(/\$(\d+)/g)].map(([, place]) => Number(place)),
    )
    expect([...places].sort((a, b) => a - b)).toEqual(values.map((_, at) => at + 1))
    expect(withoutRelation).not.toMatch(/\$\d+(?!\d*::text)/)
    expect(values.every((value) => typeof value === 'string')).toBe(true)
  })

  it('and a zone must be one', () => {
    const zone = `TIMESTAMPTOSTRING(ROWTIME, 'yyyy', '${inText}')`
    expect(() => plan(`SELECT ${zone} FROM \`${inName}\`;`)).toThrow(KsqlError)
  })
})
