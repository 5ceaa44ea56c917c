import { createHash } from 'node:crypto'
import type { ExportTerms } from '#schemas/generated/types'

/**
 * Names what is exported: the same for the same terms, whoever asks. Not what becomes of it, how long it is kept, but
 * how many failures it takes, since with them another archive comes out.
 */
export function contentKeyOf({ lifetime_minutes: _, ...asked }: ExportTerms): string {
  const { tolerated_percent, ...others } = asked
  // Terms of former days have no share: what tolerates none is named as they were.
  const terms = tolerated_percent === 0 ? others : asked
  const members = Object.entries(terms).sort(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(members)).digest('hex').slice(0, 32)
}
