import type { ReadLetter } from '#apps/platform/inspection/dead-letters'

/** Which dead letters of one unit are meant; what is undefined does not narrow. */
export interface LetterSelection {
  readonly unit: string
  readonly partition?: number | undefined
  readonly offset?: number | undefined
  readonly error?: string | undefined
  /** Public body whose record it is: of a letter whose original says so. */
  readonly tenant?: string | undefined
  /** When the letters were written, milliseconds since the epoch, both ends included. */
  readonly sinceMs?: number | undefined
  readonly untilMs?: number | undefined
  /** At most so many; counted by whoever asks. */
  readonly limit?: number | undefined
}

/** Whether a letter of the unit is meant, but for the limit. */
export const isSelected = (selection: LetterSelection, letter: ReadLetter): boolean =>
  isSelectedOfAnyTenant(selection, letter) &&
  (selection.tenant === undefined || selection.tenant === letter.tenant)

/** Whether nobody can say if a letter is meant: only certain tenants' are, and its original names none. */
export const isLeftOut = (selection: LetterSelection, letter: ReadLetter): boolean =>
  selection.tenant !== undefined &&
  letter.tenant === undefined &&
  isSelectedOfAnyTenant(selection, letter)

function isSelectedOfAnyTenant(selection: LetterSelection, { record, error }: ReadLetter): boolean {
  const { partition, offset, sinceMs = -Infinity, untilMs = Infinity } = selection
  return (
    (partition === undefined || record.partition === partition) &&
    (offset === undefined || record.offset === offset) &&
    (selection.error === undefined || selection.error === error) &&
    record.timestamp >= sinceMs &&
    record.timestamp <= untilMs
  )
}

/** The selection in words, for the record. */
export function selectionText(selection: LetterSelection): string {
  const { partition, offset, error, tenant, sinceMs, untilMs, limit } = selection
  const told = [
    partition !== undefined && `partition ${partition}`,
    offset !== undefined && `offset ${offset}`,
    error !== undefined && `error ${error}`,
    tenant !== undefined && `tenant ${tenant}`,
    sinceMs !== undefined && `since ${new Date(sinceMs).toISOString()}`,
    untilMs !== undefined && `until ${new Date(untilMs).toISOString()}`,
    limit !== undefined && `at most ${limit}`,
  ].filter((part) => part !== false)
  return told.length > 0 ? told.join(', ') : 'all'
}
