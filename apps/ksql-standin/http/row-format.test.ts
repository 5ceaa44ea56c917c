import { expect, it } from 'vitest'
import { type FormatName, rowFormats } from '#apps/ksql-standin/http/row-format'
import type { Column } from '#apps/ksql-standin/sql/sql-type'

const columns: readonly Column[] = [
  { name: 'ID', type: { kind: 'STRING' }, isKey: true },
  { name: 'A', type: { kind: 'DECIMAL', precision: 12, scale: 2 }, isKey: false },
]
const metadata =
  '{"queryId":"q","columnNames":["ID","A"],"columnTypes":["STRING","DECIMAL(12, 2)"]}'

it.each<[FormatName, string, string]>([
  [
    'v1',
    '[{"header":{"queryId":"q","schema":"`ID` STRING KEY, `A` DECIMAL(12, 2)"}}]',
    ',\n{"row":{"columns":["p",10.50]}}',
  ],
  ['delimited', `${metadata}\n`, '["p",10.50]\n'],
  ['array', `[${metadata}]`, ',["p",10.50]'],
])('writes %s: no row, and one', (name, none, row) => {
  const format = rowFormats[name]
  expect(format.header('q', columns) + format.end).toBe(none)
  expect(format.row(['"p"', '10.50'])).toBe(row)
})
