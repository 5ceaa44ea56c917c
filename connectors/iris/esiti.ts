import { RejectedError, TransientError } from '#core/errors'

/** Codes of trouble at IRIS itself: they say nothing of the pendency. */
const troubles: ReadonlySet<string> = new Set([
  'ABC',
  'DEF',
  'A0000010',
  'errors.db.transactionRollback',
])

const word = /^[\w.]{1,40}$/

/**
 * What "Elaborato con Errori" with these codes is to us. It refuses the pendency, unless all IRIS tells of is trouble of
 * its own. The free text beside a code may repeat personal data and goes no further; nor does a code that is no word.
 */
export const errorOf = (codes: readonly string[]): RejectedError | TransientError => {
  const told = codes.filter((code) => word.test(code))
  const [refusal] = told.filter((code) => !troubles.has(code))
  if (refusal !== undefined) {
    return new RejectedError(`iris-${refusal}`, `iris refused: ${told.join(', ')}`)
  }
  return told.length > 0
    ? new TransientError(`iris has trouble of its own: ${told.join(', ')}`)
    : new RejectedError('iris-refused', 'iris refused, and gave no code')
}
