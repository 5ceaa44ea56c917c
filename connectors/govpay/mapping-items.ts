import { z } from 'zod'
import { plain } from '#connectors/govpay/texts'
import { RejectedError } from '#core/errors'
import { formatCents } from '#schemas/values/cents'
import { dayOf } from '#connectors/govpay/moments'
import { parseDocumentDigest } from '#schemas/values/document-digest'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { readJson } from '#schemas/values/json-text'
import { splitCents } from '#schemas/values/split'
import type { GovpayService } from '#connectors/govpay/config'
import type { Quota, Voce } from '#connectors/govpay/words'
import type { Payment } from '#schemas/generated/types'

/** What of a payment GovPay's debt is made of. */
export type Owed = Pick<Payment, 'created_at' | 'reason' | 'payer' | 'debtor' | 'payment'>

const itemsMax = 5
const stampCents = 1_600

/**
 * The items of a debt of so many cents, each with the one way to its account. A stamp is one item; shares are quotas
 * of one item, or items of their own, as the service says. Throws RejectedError.
 */
export const itemsOf = (owed: Owed, cents: number, service: GovpayService): Voce[] => {
  const { payment } = owed
  const item = (n: number, share: number): Voce => ({
    idVocePendenza: `${payment.iud}_${n}`,
    importo: formatCents(share),
    descrizione: descriptionOf(owed),
  })
  if (payment.type === 'STAMP') return [{ ...item(1, cents), ...stampOf(owed, cents) }]
  const shares = sharesOf(owed, cents)
  if (service.split_as === 'items' && shares.length > 0) {
    if (shares.length > itemsMax) {
      throw new RejectedError('split-too-long', `GovPay takes ${itemsMax} items at most`)
    }
    const place = domainOf(owed)
    return shares.map(({ code, cents: share }, i) => ({
      ...item(i + 1, share),
      ...place,
      codEntrata: code,
    }))
  }
  const contabilita = shares.length > 0 ? { quote: shares.map(quotaOf(owed)) } : undefined
  return [{ ...item(1, cents), contabilita, ...domainOf(owed), ...accountOf(owed, service) }]
}

/** What stands beside a debt and beside each of its items. */
export const descriptionOf = ({ reason, payment: { iud } }: Owed): string =>
  plain(reason ?? '', 140) || `Pagamento ${iud}`

interface Share {
  readonly code: string
  readonly meta: string
  readonly cents: number
}

// Our dispatcher lets no other split pass; other writers of `payments` may.
const sharesOf = ({ payment: { split } }: Owed, cents: number): readonly Share[] => {
  try {
    const shares = splitCents(
      cents,
      split.map(({ amount }) => amount),
    )
    return split.map(({ code, meta }, i) => ({ code, meta, cents: shares[i] ?? 0 }))
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new RejectedError('split-does-not-add-up', `the split ${error.reason}`)
  }
}

const Meta = z.record(z.string(), z.unknown()).catch({})

const quotaOf =
  ({ created_at }: Owed) =>
  ({ code, meta, cents }: Share): Quota => {
    const told = Meta.parse(readJson(meta))
    return {
      capitolo: textOf(told['split_budget_chapter']) ?? code,
      annoEsercizio: yearOf(created_at),
      importo: formatCents(cents),
      accertamento: textOf(told['split_assessment']) ?? textOf(told['codAccertamento']),
    }
  }

const textOf = (told: unknown): string | undefined =>
  typeof told === 'string' && told !== '' ? told : undefined

/** The year of a moment in Rome. */
export const yearOf = (dateTime: string): number => Number(dayOf(dateTime).slice(0, 4))

const domainOf = ({ payment: { receiver } }: Owed): Pick<Voce, 'idDominio'> =>
  receiver ? { idDominio: receiver.tax_identification_number } : {}

// The account of the service is the body's: nobody else's money goes there.
const accountOf = ({ payment }: Owed, { revenue_code, iban }: GovpayService): Partial<Voce> => {
  const account = payment.receiver ? (payment.receiver.iban ?? undefined) : iban
  if (account !== undefined) return { ibanAccredito: account, ...taxonomyOf(payment) }
  if (revenue_code !== undefined) return { codEntrata: revenue_code }
  throw new RejectedError(
    'bad-configuration',
    'service.revenue_code: is missing, and no account is told either',
  )
}

const kinds: Readonly<Record<string, Voce['tipoContabilita']>> = {
  0: 'CAPITOLO',
  1: 'SPECIALE',
  2: 'SIOPE',
  9: 'ALTRO',
}

const taxonomyOf = ({ pagopa_category }: Owed['payment']): Partial<Voce> => {
  const [, kind = '', codiceContabilita] = /^(\d)\/(.+)$/.exec(pagopa_category ?? '') ?? []
  const tipoContabilita = kinds[kind]
  if (tipoContabilita !== undefined && codiceContabilita !== undefined) {
    return { tipoContabilita, codiceContabilita }
  }
  throw new RejectedError(
    'category-unsupported',
    'beside an account GovPay needs a taxonomy that begins with 0/, 1/, 2/ or 9/',
  )
}

const stampOf = ({ payment, payer, debtor }: Owed, cents: number): Partial<Voce> => {
  const { country_subdivision } = debtor ?? payer
  const provinciaResidenza = country_subdivision?.trim().toUpperCase() ?? ''
  const refusals = {
    'stamp-amount': cents !== stampCents && 'a stamp is 16.00',
    'stamp-province':
      !/^[A-Z]{2}$/.test(provinciaResidenza) && 'whoever owes it has no province of two letters',
    'stamp-split': payment.split.length > 0 && 'a stamp has no shares',
    'stamp-receiver': payment.receiver !== null && 'a stamp has no beneficiary',
  }
  for (const [code, reason] of Object.entries(refusals)) {
    if (reason) throw new RejectedError(code, reason)
  }
  return {
    tipoBollo: '01',
    hashDocumento: digestOf(payment.document?.hash ?? ''),
    provinciaResidenza,
  }
}

const digestOf = (hash: string): string => {
  try {
    return parseDocumentDigest(hash)
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new RejectedError('stamp-document', 'the document of the stamp has no SHA-256')
  }
}
