import { errorCode } from '#core/dead-letter'
import { handled } from '#core/handle-record'
import type { KeyRange } from '#core/key-range'
import { mergedRows } from '#core/merged-rows'
import type { Emission, StateRows } from '#core/processor'
import type { DebitDecided, DebitRow } from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import * as topics from '#schemas/topics'
import { debitAuthoriserWith } from '#streams/debits/debit-authoriser'
import type { DebitSettings } from '#streams/debits/known'
import type { PlacedRequest } from '#streams/debits/verification/placed'

/** Rows of the authoriser, made anew: whatever is put is seen at once. */
export interface RebuiltRows {
  get(key: string): DebitRow | undefined
  /** In key order, lazily; the limit is for whoever reads. */
  range(range: KeyRange): Iterable<readonly [key: string, row: DebitRow]>
  put(key: string, row: DebitRow): void
  remove(key: string): void
}

/** What it comes to; none where nobody is told. */
export type Redecided =
  | { readonly told: Unstamped<DebitDecided> | undefined }
  /** It is set aside: the short name of the failure. */
  | { readonly failure: string }

/** Decides requests again, by the authoriser's own rules, on rows that it makes anew. */
export class Redecision {
  readonly #unit: ReturnType<typeof debitAuthoriserWith>
  readonly #rows: RebuiltRows
  readonly #state: StateRows<unknown>

  constructor(settings: DebitSettings, rows: RebuiltRows) {
    this.#unit = debitAuthoriserWith(settings)
    this.#rows = rows
    this.#state = {
      get: (key) => rows.get(key),
      range: (range) => mergedRows([rows.range(range)], range),
    }
  }

  decide({ request, ...place }: PlacedRequest): Redecided {
    const topic = this.#unit.input.name
    const record = { topic, ...place, key: request.account_id, value: null, headers: {} }
    const now = new Date(place.timestamp)
    const given = { state: this.#state, tables: {}, now }
    const { emissions, cause } = handled(this.#unit, record, request, given)
    if (cause !== undefined) return { failure: errorCode(cause) }
    for (const emission of emissions) this.#keep(emission)
    const told = emissions.find(({ topic: name }) => name === topics.debitDecisions.name)
    return { told: told?.value as Unstamped<DebitDecided> | undefined }
  }

  #keep({ topic, key, value }: Emission): void {
    if (topic !== topics.debitRows.name) return
    if (value === null) this.#rows.remove(key)
    else this.#rows.put(key, value as DebitRow)
  }
}
