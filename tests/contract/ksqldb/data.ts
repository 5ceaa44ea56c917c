import type { Write } from '#tests/contract/ksqldb/cases'

/** The topics of the contract, and how many partitions each has. */
export const partitions = {
  'payments.detail': 3,
  'payments.json': 3,
  'types.all': 1,
  'case.test': 1,
  'int.keyed': 1,
}

const columns = [
  'status',
  'attempts',
  'amount_minor',
  'amount',
  'currency',
  'debtor_name',
  'created_at',
] as const
const shopA = { name: 'Shop A', iban: 'NL91ABNA0417164300', country: 'NL' }
const refund = { name: 'Refund Ltd', iban: 'GB33BUKB20201555555555', country: 'GB' }
const quoted = { name: 'Shop "B" é😀', iban: null, country: null }

/** Columns, then the creditor. */
const payments: Readonly<Record<string, readonly unknown[]>> = {
  'p-0001': [
    'SETTLED',
    1,
    '1050',
    '10.50',
    'EUR',
    'Alice Jansen',
    '2026-11-20T10:00:00.000Z',
    shopA,
  ],
  'p-0002': [
    'REJECTED',
    3,
    '9007199254740993',
    '9999999999.99',
    'EUR',
    null,
    '2026-11-20T11:30:00.000Z',
    null,
  ],
  'p-0003': ['PENDING', 0, '100', '1.00', 'USD', "Bob O'Brien", '2026-11-21T09:15:00.000Z', quoted],
  'p-0004': ['SETTLED', 2, '-5', '-0.05', 'GBP', '', '2026-11-21T23:59:59.999Z', refund],
  'p-0005': ['settled', 1, '10000', '100.00', 'EUR', 'Carol', '2026-11-22T00:00:00.000Z', shopA],
  'p-0006': [
    'FAILED',
    5,
    '0',
    '0.00',
    'EUR',
    'Dave_%',
    '2026-11-22T08:00:00.000Z',
    { name: 'x', iban: null, country: 'DE' },
  ],
}

const rowOf = (values: readonly unknown[]) => ({
  ...Object.fromEntries(columns.map((name, at) => [name, values[at]])),
  creditor: values[columns.length],
})

/** The same row as JSON: its numbers bare, with all their digits. */
const jsonOf = (values: readonly unknown[]): string => {
  const bare = new Set(['amount_minor', 'amount'])
  const members = columns.map((name, at) => {
    const text = bare.has(name) ? String(values[at]) : JSON.stringify(values[at])
    return `"${name}":${text}`
  })
  return `{${members.join(',')},"creditor":${JSON.stringify(values[columns.length])}}`
}

const types = {
  t1:
    '{"b":true,"i":42,"bi":9007199254740993,"d":1.5,"de":10.50,"de38":12345678901234567890.0123456789,' +
    '"s":"héllo \\"q\\" \\\\ \\n😀","by":"AAEC/w==","ai":[1,null,3],"as":["a","b"],"m":{"k1":1,"k2":null},' +
    '"st":{"x":1,"y":"why","inner":{"z":[1,2]}},"dt":20779,"ti":37815123,"ts":1795000000123}',
  t2: '{}',
  t3:
    '{"b":false,"i":-2147483648,"bi":-9223372036854775808,"d":1e21,"de":-0.05,"de38":0,"s":"","by":"",' +
    '"ai":[],"as":[],"m":{},"st":{},"dt":0,"ti":0,"ts":0}',
  t4:
    '{"b":true,"i":0,"bi":9223372036854775807,"d":0.1,"de":100,"de38":1,"s":"3.10","by":"/w==",' +
    '"ai":[2147483647],"as":[""],"m":{"":0},"st":{"x":null,"y":null},"dt":-1,"ti":86399999,"ts":-1}',
  t5: '{"d":100.0,"de":"7.10","dt":20779,"ti":1,"ts":1795000000000}',
  t6: '{"d":123456789.125,"de":0.1,"ti":60000,"ts":1795000000100}',
  t7: '{"d":1.0E-5,"de":1.005}',
}

const firstMs = 1_795_000_001_000

/** What is in the topics before the first case. */
export const writes: readonly Write[] = [
  ...Object.entries(payments).flatMap(([key, values], at): Write[] => {
    const timestamp = firstMs + 1_000 * at
    return [
      { topic: 'payments.detail', key, value: rowOf(values), timestamp },
      { topic: 'payments.json', key, value: jsonOf(values), timestamp },
    ]
  }),
  ...Object.entries(types).map(([key, value]): Write => ({ topic: 'types.all', key, value })),
  { topic: 'case.test', key: 'c1', value: '{"status":"ok","CREATEDAT":"upper"}' },
  { topic: 'case.test', key: 'c2', value: '{"STATUS":"upper","createdAt":"exact"}' },
]
