import { type LogAccess, partitionsIn } from '#apps/platform/inspection/log-access'
import type { InputRecord, Position } from '#core/records'
import { openRecordSource } from '#core/records-between'
import type { Wire } from '#core/wire'
import type { PaymentCurrent } from '#schemas/generated/types'
import { paymentsCurrent } from '#schemas/topics'

/** Which payments are looked for; what is absent does not narrow. */
export interface PaymentQuery {
  /** Notice code, IUV, or the payment's own iud. */
  readonly number?: string | undefined
  readonly tenant?: string | undefined
  readonly status?: string | undefined
  /** When the payment was created, milliseconds since the epoch, both ends included. */
  readonly sinceMs?: number | undefined
  readonly untilMs?: number | undefined
}

/** A payment as a search finds it: nothing of its payer. */
export interface FoundPayment {
  readonly id: string
  readonly status: string
  readonly tenant: string
  readonly amountCents: number | null
  readonly noticeCode: string | null
  readonly createdAt: string
  /** When its row was written, milliseconds since the epoch. */
  readonly changedAtMs: number
}

/** What was found, the one that changed last first, and what was looked at for it. */
export interface FoundPayments {
  readonly payments: readonly FoundPayment[]
  /** Rows of `payments.current` that were looked at. */
  readonly rows: number
  /** Whether it was all of them that can hold an answer. */
  readonly isWhole: boolean
  /** All rows that were written from then on were looked at, milliseconds since the epoch. */
  readonly sinceMs: number | undefined
}

/** Bounds of one search. */
export interface SearchBounds {
  readonly foundMax: number
  readonly rowsMax: number
  readonly msMax: number
  /** Offsets of a partition that are read before it is asked whether that is enough. */
  readonly slice: number
}

export const usualBounds: SearchBounds = {
  foundMax: 50,
  rowsMax: 200_000,
  msMax: 15_000,
  slice: 2_000,
}

/** A row of `payments.current` as it is decoded. */
export type CurrentRow = PaymentCurrent & { readonly id: string }

/**
 * Looks for payments in `payments.current`, from its end backwards, slice by slice, until enough is found, all is read,
 * or the bounds are met: the answer says which. A payment counts as its last row has it.
 */
export async function searchPayments(
  log: LogAccess,
  query: PaymentQuery,
  bounds: SearchBounds = usualBounds,
): Promise<FoundPayments> {
  const partitions = await partitionsIn(log, paymentsCurrent.name)
  // A row is never older than its payment.
  const firsts = await (query.sinceMs === undefined
    ? log.offsets.beginnings(partitions)
    : log.offsets.since(partitions, query.sinceMs))
  const search = new Search()
  const beganMs = performance.now()
  let ends: readonly Position[] = await log.offsets.ends(firsts)
  const isOver = () =>
    search.found.length >= bounds.foundMax ||
    search.rows >= bounds.rowsMax ||
    performance.now() - beganMs > bounds.msMax
  const source = await openRecordSource(log.kafka, paymentsCurrent.name)
  try {
    while (!isOver() && isLeft(firsts, ends)) {
      const from = ends.map((end, at) => {
        return { ...end, offset: Math.max(firsts[at]!.offset, end.offset - bounds.slice) }
      })
      const slice = await sliceOf(log, query, source.between({ from, ends }))
      search.add(slice)
      ends = from
    }
  } finally {
    await source.close()
  }
  return search.answer(!isLeft(firsts, ends), bounds.foundMax)
}

async function sliceOf(
  { wire }: LogAccess,
  query: PaymentQuery,
  batches: AsyncIterable<readonly InputRecord[]>,
): Promise<readonly LookedAt[]> {
  const slice: LookedAt[] = []
  for await (const records of batches) {
    await wire.prepareRead(records.map(({ value }) => value))
    slice.push(...records.map((record) => lookedAt(query, record, rowIn(wire, record))))
  }
  return slice
}

const isLeft = (firsts: readonly Position[], ends: readonly Position[]) =>
  ends.some(({ offset }, at) => offset > firsts[at]!.offset)

function rowIn(wire: Wire, { value, key }: InputRecord): CurrentRow | undefined {
  try {
    const decoded = wire.decode(paymentsCurrent, value, key)
    return decoded.kind === 'value' ? (decoded.value as CurrentRow) : undefined
  } catch {
    return undefined
  }
}

/** What is kept of a row while others are read. */
export interface LookedAt {
  readonly partition: number
  readonly timestamp: number
  readonly key: string | null
  readonly found: FoundPayment | undefined
}

export const lookedAt = (
  query: PaymentQuery,
  { partition, timestamp, key }: InputRecord,
  row: CurrentRow | undefined,
): LookedAt => {
  const found = row && isWanted(query, row) ? foundIn(row, timestamp) : undefined
  return { partition, timestamp, key, found }
}

/** What was looked at, as slices are read, the last ones first. */
export class Search {
  readonly #seen = new Set<string>()
  readonly found: FoundPayment[] = []
  rows = 0
  #sinceMs: number | undefined

  /** A slice, in the order it was written within a partition. */
  add(slice: readonly LookedAt[]): void {
    this.rows += slice.length
    const oldest = new Map<number, number>()
    for (const { partition, timestamp, key, found } of slice.toReversed()) {
      oldest.set(partition, timestamp)
      // The last row of a payment is what it is; those before it are what it was.
      if (key === null || this.#seen.has(key)) continue
      this.#seen.add(key)
      if (found) this.found.push(found)
    }
    this.#sinceMs = oldest.size > 0 ? Math.max(...oldest.values()) : this.#sinceMs
  }

  answer(isWhole: boolean, foundMax: number): FoundPayments {
    const payments = this.found
      .toSorted((one, other) => other.changedAtMs - one.changedAtMs)
      .slice(0, foundMax)
    const { rows } = this
    return {
      payments,
      rows,
      isWhole: isWhole && this.found.length <= foundMax,
      sinceMs: this.#sinceMs,
    }
  }
}

/** Whether a row is one that is looked for. */
export function isWanted(
  { number, tenant, status, sinceMs = -Infinity, untilMs = Infinity }: PaymentQuery,
  row: CurrentRow,
): boolean {
  const createdMs = Date.parse(row.created_at)
  const numbers = [row.payment_notice_code, row.payment_iuv, row.payment_iud]
  return (
    (number === undefined || numbers.includes(number)) &&
    (tenant === undefined || row.tenant_id === tenant) &&
    (status === undefined || row.status === status) &&
    createdMs >= sinceMs &&
    createdMs <= untilMs
  )
}

const foundIn = (row: CurrentRow, changedAtMs: number): FoundPayment => ({
  id: row.id,
  status: row.status,
  tenant: row.tenant_id,
  amountCents: row.payment_amount,
  noticeCode: row.payment_notice_code,
  createdAt: row.created_at,
  changedAtMs,
})
