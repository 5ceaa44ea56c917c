import { describe, expect, it } from 'vitest'
import { reportJson, reportLines } from '#apps/corrente/debits/report'
import { exitCodeOf, type Verification } from '#apps/corrente/debits/verification'

const right: Verification = {
  partitions: [
    {
      partition: 3,
      below: 120,
      requests: 110,
      letters: 1,
      decisions: 100,
      repeats: 9,
      entries: 60,
      lines: 60,
      accounts: 4,
      holds: 2,
    },
  ],
  totals: [
    {
      currency: 'EUR',
      sum: 0n,
      byLedgerAccount: { '1.0.0.0.01': 2n ** 60n, '2.0.0.0.01': -(2n ** 60n) },
      posted: 2n ** 60n,
      held: 5n,
    },
  ],
  violations: [],
  isRedecided: true,
  postgres: { state: 'left-out', reason: '--no-postgres' },
  seconds: 12.34,
}
const violation = { kind: 'wrong-row', at: 'debit-authoriser.rows@3 a/token-1' } as const
const wrong: Verification = {
  ...right,
  violations: [
    {
      kind: 'wrong-row',
      meaning: 'a row of the state is not what was decided',
      count: 21,
      first: [{ ...violation, account_id: 'token-1', what: 'account.held 7 for 5' }],
    },
  ],
}
const away = { state: 'not-verified', reason: 'Postgres: it does not answer' } as const

describe('the report of a verification', () => {
  it('says what was looked at, and that it is right', () => {
    expect(reportLines(right)).toEqual([
      'partition  below  requests  dead letters  decisions  repeats  entries  lines  accounts  holds',
      'debits/3     120       110             1        100        9       60     60         4      2',
      '',
      'EUR, minor units: posted 1152921504606846976, held 5; 1.0.0.0.01 1152921504606846976, ' +
        '2.0.0.0.01 -1152921504606846976, together 0',
      'each request was decided again',
      'Postgres was left out: --no-postgres',
      'the books are right, after 12.3 s',
    ])
  })

  it('begins with what is wrong, and where', () => {
    const lines = reportLines(wrong)
    expect(lines.slice(0, 4)).toEqual([
      'wrong-row (21): a row of the state is not what was decided',
      '  debit-authoriser.rows@3 a/token-1 account token-1: account.held 7 for 5',
      '  and 20 more',
      '',
    ])
    expect(lines.at(-1)).toBe('the books are wrong: 21 violations, after 12.3 s')
  })

  it('says what could not be looked at', () => {
    const lines = reportLines({ ...right, isRedecided: false, postgres: away })
    expect(lines.slice(-3)).toEqual([
      'no request was decided again (--no-redecide)',
      'Postgres could not be verified: Postgres: it does not answer',
      'the topics are right, after 12.3 s',
    ])
    const rows = { accounts: 4, decisions: 100 }
    const compared = reportLines({ ...right, postgres: { state: 'compared', rows } })
    expect(compared.at(-2)).toBe(
      'Postgres was compared, row by row: 4 of accounts, 100 of decisions',
    )
  })

  it('is for programs, too; sums are decimal text', () => {
    expect(JSON.parse(reportJson(wrong))).toMatchObject({
      is_right: false,
      is_redecided: true,
      partitions: [{ partition: 3, below: 120 }],
      totals: [{ currency: 'EUR', sum: '0', posted: '1152921504606846976' }],
      violations: [{ kind: 'wrong-row', count: 21, first: [{ account_id: 'token-1' }] }],
      postgres: { state: 'left-out' },
    })
  })

  it('ends with 0 where all is right, 1 where anything is wrong, 2 where not all was seen', () => {
    expect(exitCodeOf(right)).toBe(0)
    expect(exitCodeOf(wrong)).toBe(1)
    expect(exitCodeOf({ ...right, postgres: away })).toBe(2)
    expect(exitCodeOf({ ...wrong, postgres: away })).toBe(1)
  })
})
