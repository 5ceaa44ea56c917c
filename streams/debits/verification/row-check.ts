import { compareKeys, type KeyRange } from '#core/key-range'
import type { DebitRow } from '#schemas/generated/types'
import { accountKey } from '#streams/debits/debit-rows'
import type { AccountBooks } from '#streams/debits/verification/account-books'
import { differing } from '#streams/debits/verification/differing'
import type { StatementSequences } from '#streams/debits/verification/line-check'
import { rowDigest } from '#streams/debits/verification/row-digest'
import type { Violations } from '#streams/debits/verification/violations'

/** A row of the state as it is compared: whole, or, of the many that are about requests, its digest. */
export type FoundRow = { readonly row: DebitRow } | { readonly digest: string }

/** The rows of the state, as its changelog has them. */
export interface FoundRows {
  get(key: string): FoundRow | undefined
  range(range: KeyRange): Iterable<readonly [key: string, row: FoundRow]>
}

/** An account's token has no slash: it is the part of the key behind the kind, and behind the bucket of an id. */
const accountIn = (key: string): string | null => {
  const parts = key.split('/')
  return (parts[0] === 'r' ? parts[2] : parts[1]) ?? null
}

interface Comparison {
  /** What a row is called in a sentence, by its key. */
  readonly at: (key: string) => string
  readonly violations: Violations
}

/** Compares the rows of the state with those that come of deciding all requests again. Both are in key order. */
export function compareRows(
  rebuilt: Iterable<readonly [key: string, row: DebitRow]>,
  found: FoundRows,
  { at, violations }: Comparison,
): void {
  const rows = found.range({})[Symbol.iterator]()
  let next = rows.next()
  const note = (kind: 'missing-row' | 'unasked-row' | 'wrong-row', key: string, what: string) =>
    violations.note({ kind, at: at(key), account_id: accountIn(key), what })
  const passTo = (key: string | undefined) => {
    while (!next.done && (key === undefined || compareKeys(next.value[0], key) < 0)) {
      note('unasked-row', next.value[0], 'nothing that was decided leaves it')
      next = rows.next()
    }
  }
  for (const [key, row] of rebuilt) {
    passTo(key)
    if (next.done || next.value[0] !== key) note('missing-row', key, row.kind)
    else {
      const differences = rowDifferences(row, next.value[1])
      if (differences.length > 0) note('wrong-row', key, differences.join(', '))
      next = rows.next()
    }
  }
  passTo(undefined)
}

function rowDifferences(wanted: DebitRow, found: FoundRow): readonly string[] {
  if ('row' in found) return differing(wanted, found.row)
  return rowDigest(wanted) === found.digest ? [] : [`its ${wanted.kind.toLowerCase()}`]
}

interface Books {
  readonly accounts: AccountBooks
  readonly sequences: StatementSequences
}

/** Compares accounts and holds of the state with what the decisions alone make of them. */
export function compareCounters(
  { accounts, sequences }: Books,
  found: FoundRows,
  { at, violations }: Comparison,
): void {
  const wanted = new Map<string, object>()
  for (const [id, { posted, held, currency }] of accounts.accounts) {
    wanted.set(accountKey(id), { posted, held, currency, sequence: sequences.of(id) })
  }
  for (const [key, left] of accounts.holds) wanted.set(key, { left })
  for (const [key, counters] of wanted) {
    const row = found.get(key)
    const about = { at: at(key), account_id: accountIn(key) }
    const differences = row ? differing(counters, countersOf(row)) : []
    if (!row) violations.note({ kind: 'missing-row', ...about, what: 'none is there' })
    else if (differences.length > 0) {
      violations.note({ kind: 'wrong-row', ...about, what: differences.join(', ') })
    }
  }
  for (const kind of ['a', 'h']) {
    for (const [key] of found.range({ gte: `${kind}/`, lt: `${kind}0` })) {
      if (wanted.has(key)) continue
      const what = 'nothing that was decided leaves it'
      violations.note({ kind: 'unasked-row', at: at(key), account_id: accountIn(key), what })
    }
  }
}

function countersOf(found: FoundRow): object {
  if (!('row' in found)) return {}
  const { row } = found
  if (row.kind === 'Hold') return { left: row.hold.left }
  if (row.kind !== 'Account') return {}
  const { credits, debits, held, currency, sequence } = row.account
  return { posted: credits - debits, held, currency, sequence }
}
