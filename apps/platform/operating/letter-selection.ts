import type { DeadLetter } from '#core/redrive'

/** Which dead letters of one unit are meant; what is undefined does not narrow. */
export interface LetterSelection {
  readonly unit: string
  readonly partition?: number | undefined
  readonly offset?: number | undefined
  readonly error?: string | undefined
  /** When the letters were written, milliseconds since the epoch, both ends included. */
  readonly sinceMs?: number | undefined
  readonly untilMs?: number | undefined
  /** At most so many; counted by whoever asks. */
  readonly limit?: number | undefined
}

/** Whether a letter of the unit is meant, but for the limit. */
export function isSelected(selection: LetterSelection, { record, error }: DeadLetter): boolean {
  const { partition, offset, sinceMs = -Infinity, untilMs = Infinity } = selection
  return (
    (partition === undefined || record.partition === partition) &&
    (offset === undefined || record.offset === offset) &&
    (selection.error === undefined || selection.error === error) &&
    record.timestamp >= sinceMs &&
    record.timestamp <= untilMs
  )
}
