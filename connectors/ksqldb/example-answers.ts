/** Answers as a ksqlDB server was seen to give them, in small: what tests replay. */

const columns = [
  ['PAYMENT_ID', 'STRING', ' KEY'],
  ['STATUS', 'STRING', ''],
  ['AMOUNT_MINOR', 'BIGINT', ''],
  ['AMOUNT', 'DECIMAL(12, 2)', ''],
  ['NOTE', 'STRING', ''],
  ['CREDITOR', 'STRUCT<`NAME` STRING, `IBAN` STRING>', ''],
] as const

/** Rows in the server's own text: digits beyond a float, raw and escaped characters, quotes and nulls. */
const rowTexts = [
  '["p-0001","SETTLED",1050,10.50,"x, [y] {z}",{"NAME":"Shop A","IBAN":"NL91ABNA0417164300"}]',
  '["p-0002","REJECTED",9007199254740993,9999999999.99,null,null]',
  '["p-0003","PENDING",100,1.00,"Bob O\'Brien",{"NAME":"Shop \\"B\\" é\\uD83D\\uDE00","IBAN":null}]',
  '["p-0004","SETTLED",-5,-0.05,"",{"NAME":"Città €","IBAN":""}]',
]

/** What the rows are. */
export const exampleRows = [
  {
    PAYMENT_ID: 'p-0001',
    STATUS: 'SETTLED',
    AMOUNT_MINOR: 1050n,
    AMOUNT: 1050,
    NOTE: 'x, [y] {z}',
    CREDITOR: { NAME: 'Shop A', IBAN: 'NL91ABNA0417164300' },
  },
  {
    PAYMENT_ID: 'p-0002',
    STATUS: 'REJECTED',
    AMOUNT_MINOR: 9007199254740993n,
    AMOUNT: 999999999999,
    NOTE: null,
    CREDITOR: null,
  },
  {
    PAYMENT_ID: 'p-0003',
    STATUS: 'PENDING',
    AMOUNT_MINOR: 100n,
    AMOUNT: 100,
    NOTE: "Bob O'Brien",
    CREDITOR: { NAME: 'Shop "B" é😀', IBAN: null },
  },
  {
    PAYMENT_ID: 'p-0004',
    STATUS: 'SETTLED',
    AMOUNT_MINOR: -5n,
    AMOUNT: -5,
    NOTE: '',
    CREDITOR: { NAME: 'Città €', IBAN: '' },
  },
]

export const v1Header = `{"header":{"queryId":"query_1795381099675","schema":"${columns
  .map(([name, type, key]) => `\`${name}\` ${type}${key}`)
  .join(', ')}"}}`

/** An answer of `/query`. */
export const v1Answer = (rows: readonly string[] = rowTexts): Buffer =>
  Buffer.from(`[${[v1Header, ...rows.map((row) => `{"row":{"columns":${row}}}`)].join(',\n')}]`)

/** An answer of `/query-stream`. */
export const delimitedAnswer = (rows: readonly string[] = rowTexts): Buffer => {
  const header = {
    queryId: 'query_1795381099675',
    columnNames: columns.map(([name]) => name),
    columnTypes: columns.map(([, type]) => type),
  }
  return Buffer.from([JSON.stringify(header), ...rows, ''].join('\n'))
}

/** An error in the server's own form. */
export const refusal = (error_code: number, message = 'no'): Buffer =>
  Buffer.from(
    JSON.stringify(
      error_code === 40001
        ? { '@type': 'statement_error', error_code, message, statementText: 'x', entities: [] }
        : { '@type': 'generic_error', error_code, message },
    ),
  )
