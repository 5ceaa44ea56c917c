import { describe, expect, it } from 'vitest'
import { lastingDifferences } from '#apps/corrente/demo-debits/shown-accounts'

const told = new Map([
  [
    'one',
    {
      booked: 70_00,
      held: 5_00,
      lines: new Map([
        ['opening', 100_00],
        ['debit', -30_00],
      ]),
    },
  ],
])
const opening = { request_id: 'opening', amount: '100.00' }
const debit = { request_id: 'debit', amount: '-30.00' }
const before = [{ booked: '100.00', held: '5.00' }, { items: [opening] }] as const
const after = [
  { booked: '70.00', held: '5.00' },
  { items: [debit], next_cursor: 'a b' },
] as const

/** Whoever shows accounts: what of the one it is asked for, and how. */
async function differences(show: (path: string, times: number) => unknown, behindMsMax = 5_000) {
  const paths: string[] = []
  const client = {
    async get(path: string) {
      paths.push(path)
      return show(path, paths.length)
    },
  }
  const { signal } = new AbortController()
  return { paths, found: await lastingDifferences(told, { client, signal, behindMsMax }) }
}

const rightly = (path: string) => {
  if (path.endsWith('/balance')) return after[0]
  return path.endsWith('limit=500') ? after[1] : { items: [opening] }
}

describe('what the edge shows', () => {
  it('is read to the last page', async () => {
    const { found, paths } = await differences(rightly)
    expect(found).toEqual(new Map())
    expect(paths).toEqual([
      '/v1/accounts/one/balance',
      '/v1/accounts/one/statement?limit=500',
      '/v1/accounts/one/statement?limit=500&cursor=a%20b',
    ])
  })

  it('may be behind for a while', async () => {
    const { found } = await differences((path, times) => {
      if (times > 2) return rightly(path)
      return path.endsWith('/balance') ? before[0] : before[1]
    })
    expect(found).toEqual(new Map())
  })

  it('is different where it stays behind', async () => {
    const show = (path: string) => (path.endsWith('/balance') ? before[0] : before[1])
    const { found } = await differences(show, 0)
    const other = ['booked 10000 for 7000']
    expect(found).toEqual(new Map([['one', { lost: ['debit'], double: [], other }]]))
  })

  it('is different where it cannot be asked', async () => {
    const show = () => {
      throw new Error('the edge of debits answered 503')
    }
    const { found } = await differences(show, 0)
    expect(found.get('one')?.other).toEqual(['the edge of debits answered 503'])
  })
})
