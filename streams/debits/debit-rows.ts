import { type Emission, remove, type StateRows, to } from '#core/processor'
import type { DebitRow, KeptHold, KeptRequest } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import type { Decided } from '#streams/debits/decided'
import { bucketKey, bucketKeysWithin } from '#streams/debits/id-buckets'
import type { Known, Moment, Request } from '#streams/debits/known'
import { holdIdOf } from '#streams/debits/request-ids'

type Rows = StateRows<DebitRow>
type RowEmission = Emission<(typeof topics.debitRows)['name']>

/** A request of before, and its key. */
interface FoundRequest {
  readonly key: string
  readonly kept: KeptRequest
}

/** What is kept that a request is about, and where it and the request that it undoes were found. */
export interface Found {
  readonly known: Known
  readonly requestKey: string | undefined
  readonly originalKey: string | undefined
}

export const accountKey = (accountId: string): string => `a/${accountId}`
export const holdKey = (accountId: string, holdId: string): string => `h/${accountId}/${holdId}`
const keyOf = (bucket: string, accountId: string, requestId: string): string =>
  `${bucket}/${accountId}/${requestId}`

/** Reads the rows that a request is about. */
export function foundRows(rows: Rows, request: Request, { nowMs, settings }: Moment): Found {
  const { account_id, request_id } = request
  const row = rows.get(accountKey(account_id))
  const account = row?.kind === 'Account' ? row.account : undefined
  const buckets = bucketKeysWithin(nowMs, settings.idWindowMs)
  const first =
    request.type === 'HoldDue' ? undefined : foundRequest(rows, buckets, account_id, request_id)
  const original =
    request.type === 'Reverse'
      ? foundRequest(rows, buckets, account_id, request.reverse.original_id)
      : undefined
  const holdId = holdIdOf(request, original?.kept)
  const hold = holdId === null ? undefined : foundHold(rows, account_id, holdId)
  return {
    known: { account, request: first?.kept, hold, original: original?.kept },
    requestKey: first?.key,
    originalKey: original?.key,
  }
}

function foundRequest(
  rows: Rows,
  buckets: readonly string[],
  accountId: string,
  requestId: string,
): FoundRequest | undefined {
  for (const bucket of buckets) {
    const key = keyOf(bucket, accountId, requestId)
    const row = rows.get(key)
    if (row?.kind === 'Request') return { key, kept: row.request }
  }
  return undefined
}

function foundHold(rows: Rows, accountId: string, holdId: string): KeptHold | undefined {
  const row = rows.get(holdKey(accountId, holdId))
  return row?.kind === 'Hold' ? row.hold : undefined
}

/** The rows that a decision changes, written. A request that comes again or is undone stays in the bucket it was found in. */
export function changedRows(
  { changes, isRepeat }: Decided,
  request: Request,
  { known, requestKey, originalKey }: Found,
  { nowMs }: Moment,
): readonly RowEmission[] {
  const { account, request: kept, original, hold } = changes
  const { account_id, request_id } = request
  const bucket = bucketKey(nowMs)
  const rows: RowEmission[] = []
  if (account) rows.push(rowOf({ id: accountKey(account_id), kind: 'Account', account }))
  if (hold) rows.push(rowOf({ id: holdKey(account_id, hold.hold_id), kind: 'Hold', hold }))
  if (hold === null && known.hold) {
    rows.push(remove(topics.debitRows, holdKey(account_id, known.hold.hold_id)))
  }
  if (kept) {
    const id = (isRepeat && requestKey) || keyOf(bucket, account_id, request_id)
    rows.push(rowOf({ id, kind: 'Request', request: kept }))
  }
  if (original && request.type === 'Reverse') {
    const id = originalKey ?? keyOf(bucket, account_id, request.reverse.original_id)
    rows.push(rowOf({ id, kind: 'Request', request: original }))
  }
  return rows
}

const rowOf = (row: DebitRow): RowEmission => to(topics.debitRows, row)
