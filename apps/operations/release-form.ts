import { Problem } from '#apps/platform/problem'
import type { ParkedSelection } from '#apps/platform/operating/release-parked'

/** Keys that one form releases, at most: its answer is waited for. */
export const releasedMax = 200

/** Parked keys that somebody wants to be tried now, as a form or an address says it. */
export interface ReleaseForm {
  readonly selection: ParkedSelection
  readonly reason: string
  readonly isConfirmed: boolean
}

/** Parses the fields; Problem 400 where they name no unit that parks, or neither a key nor a party. */
export function releaseForm(
  fields: Readonly<Record<string, unknown>>,
  units: readonly { readonly name: string }[],
): ReleaseForm {
  const textIn = (name: string): string | undefined => {
    const value = fields[name]
    return typeof value === 'string' && value !== '' ? value.slice(0, 500) : undefined
  }
  const unit = units.find(({ name }) => name === textIn('unit'))?.name
  if (unit === undefined) throw new Problem(400, 'say of which unit that parks records')
  const [orderKey, party] = [textIn('key'), textIn('party')]
  if (orderKey === undefined && party === undefined) {
    throw new Problem(400, 'say which key, or which party')
  }
  return {
    selection: { unit, orderKey, party, limit: releasedMax },
    reason: textIn('reason')?.trim() ?? '',
    isConfirmed: fields['confirmed'] === 'on',
  }
}
