import { type BrokenRow, type CsvRow, csvRows } from '#apps/corrente/dues/csv-rows'
import { dueColumns, readDueRow, RefusedCell } from '#apps/corrente/dues/due-row'
import type { Lookup } from '#core/processor'
import type { Payment, PaymentCurrent } from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import { composeDue, idsOfDue, type Owed } from '#streams/payments/compose-due'
import { knownDue } from '#streams/payments/known-due'

/** What became of a row. Neither reasons nor warnings repeat what is in it. */
export type RowReport = { readonly line: number } & (
  | {
      readonly outcome: 'accepted'
      readonly payment_id: string
      readonly warnings: readonly string[]
    }
  | { readonly outcome: 'present'; readonly payment_id: string }
  | { readonly outcome: 'refused'; readonly column: string | null; readonly reason: string }
)

export interface Importing extends Omit<Owed, 'user_id' | 'payer'> {
  readonly file: string
  /** Tax code of the public body. */
  readonly creditor: string
  /** Payments that are there already. */
  readonly payments: Lookup<PaymentCurrent & { readonly id: string }>
  /** Resolves once the payment is written; not called where nothing is to be. */
  readonly write: (payment: Unstamped<Payment>) => Promise<unknown>
  readonly onIgnored: (columns: readonly number[]) => void
}

/** Rows under way at once: each waits until Kafka has its payment. */
const underWayMax = 256

/**
 * Reads a file of dues and writes each that is no payment yet as one that was not born here. Tells of each row, in the
 * order of the file, once its payment is written. Throws as `csvRows` and `write` do: what is written then is there,
 * and the same file again goes on.
 */
export async function* importDues(importing: Importing): AsyncGenerator<RowReport> {
  const ofFile = new Set<string>()
  const underWay: Promise<RowReport>[] = []
  for await (const row of csvRows(importing.file, dueColumns, importing.onIgnored)) {
    const report = reportOf(row, ofFile, importing)
    // Whoever takes it from the line hears that it failed.
    report.catch(() => undefined)
    underWay.push(report)
    if (underWay.length >= underWayMax) yield await underWay.shift()!
  }
  for (const report of underWay) yield await report
}

async function reportOf(
  row: CsvRow | BrokenRow,
  ofFile: Set<string>,
  importing: Importing,
): Promise<RowReport> {
  const { line } = row
  if ('problem' in row) return { line, outcome: 'refused', column: null, reason: row.problem }
  try {
    const { due, payer, user_id, warnings } = readDueRow(row.cells, importing.creditor)
    const [id] = idsOfDue(due, importing)
    const payment_id = ofFile.has(id) ? id : knownDue(due, importing, importing.payments)
    if (payment_id !== undefined) return { line, outcome: 'present', payment_id }
    ofFile.add(id)
    await importing.write(composeDue(due, { ...importing, payer, user_id }))
    return { line, outcome: 'accepted', payment_id: id, warnings }
  } catch (error) {
    if (!(error instanceof RefusedCell)) throw error
    return { line, outcome: 'refused', column: error.column, reason: error.message }
  }
}
