import { RejectedError } from '#core/errors'
import type { CsvFormat } from '#streams/exports/csv/csv-record'

/** What all chunks of an export are read and printed by. It is stored once, beside the movements. */
export interface PrintingPlan {
  readonly format: CsvFormat
  /** Every character that is printed of any movement: fonts have these. */
  readonly characters: string
}

export const planBytes = (plan: PrintingPlan): Uint8Array =>
  Buffer.from(`${JSON.stringify(plan)}\n`)

export function planOf(bytes: Uint8Array): PrintingPlan {
  try {
    return JSON.parse(Buffer.from(bytes).toString()) as PrintingPlan
  } catch {
    throw new RejectedError('damaged-plan', 'the plan of the export can not be read')
  }
}
