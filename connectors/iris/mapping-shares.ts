import { RejectedError } from '#core/errors'
import { formatCents, parseCents } from '#schemas/values/cents'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { plain } from '#schemas/values/plain-text'
import { splitCents } from '#schemas/values/split'
import type { IrisService, Share } from '#connectors/iris/config'
import type { Voce } from '#connectors/iris/pendenza'
import type { PaymentSplit } from '#schemas/generated/types'

/** The items of a pendency: the service's shares of the budget, or one of the whole sum. They add up to it. */
export const toVoci = (cents: number, causale: string, service: IrisService): Voce[] => {
  const attributes = { Tipo: service.item_type }
  const Descrizione = plain(causale, 256)
  if (service.split.length === 0) {
    return [{ attributes, Codice: service.item_code, Descrizione, Importo: formatCents(cents) }]
  }
  const shares = sharesOf(cents, service.split.map(centsOf))
  return service.split.map((share, index) => ({
    attributes,
    Codice: share.split_id,
    Descrizione,
    Importo: formatCents(shares[index] ?? 0),
    CapitoloBilancio: share.split_budget_chapter,
    Accertamento: share.split_assessment,
  }))
}

/**
 * A pendency is told again at each click, when only the service's shares are known. So a payment that has others is
 * refused: the click would put those of the service in their place. Throws RejectedError('split-unsupported').
 */
export const assertOwnSplit = (
  split: readonly PaymentSplit[],
  cents: number,
  { split: own }: IrisService,
): void => {
  if (split.length === 0) return
  const asked = sharesOf(
    cents,
    split.map(({ amount }) => amount),
  )
  const known = own.length === split.length ? sharesOf(cents, own.map(centsOf)) : []
  const isOwn = split.every(
    ({ code }, index) => code === own[index]?.split_id && asked[index] === known[index],
  )
  if (isOwn) return
  throw new RejectedError('split-unsupported', 'the shares are not those of the digital service')
}

const centsOf = ({ split_amount }: Share): number | null =>
  split_amount === undefined ? null : parseCents(split_amount)

const sharesOf = (cents: number, shares: readonly (number | null)[]): readonly number[] => {
  try {
    return splitCents(cents, shares)
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new RejectedError('split-does-not-add-up', `the split ${error.reason}`)
  }
}
