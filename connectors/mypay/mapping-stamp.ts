import { stampDueType } from '#connectors/mypay/config'
import { Dovuti } from '#connectors/mypay/documents'
import { toDueId } from '#connectors/mypay/due-id'
import { categoryOf, expressible, reasonOf } from '#connectors/mypay/mapping'
import { provinceOf, toSoggettoPagatore } from '#connectors/mypay/mapping-payer'
import { RejectedError } from '#core/errors'
import { formatCents } from '#schemas/values/cents'
import { parseDocumentDigest } from '#schemas/values/document-digest'
import { InvalidValueError } from '#schemas/values/invalid-value'
import type { MypayService } from '#connectors/mypay/config'
import type { OnlinePayment } from '#ports/intermediary'
import type { Payment } from '#schemas/generated/types'

/** What a digital stamp is worth, in cents: there is no other. */
const stampCents = 1_600

/** What a stamp is made of: as much as is known at the payer's click, too. */
export type OwedStamp = Pick<
  OnlinePayment,
  'iud' | 'amount' | 'currency' | 'reason' | 'payer' | 'pagopa_category' | 'document_hash'
>

/**
 * The stamp of a payment. Throws RejectedError: receiver-, debtor- and split-unsupported, and stamp-due-type where the
 * service is not of MyPay's type of stamps, by which it is known later that no due is there before it is paid.
 */
export const toOwedStamp = (payment: Payment, service: MypayService): OwedStamp => {
  const { reason, payer, debtor } = payment
  const { iud, amount, currency, pagopa_category, document } = payment.payment
  const { receiver, split, due_type } = payment.payment
  const refusals = {
    'stamp-due-type':
      service.due_type !== stampDueType || (due_type !== null && due_type !== stampDueType),
    'receiver-unsupported': receiver !== null,
    'debtor-unsupported': debtor !== null,
    'split-unsupported': split.length > 0,
  }
  for (const [code, isRefused] of Object.entries(refusals)) {
    if (isRefused) throw new RejectedError(code, 'mypay sells no such stamp')
  }
  const document_hash = document?.hash ?? null
  return { iud, amount, currency, reason, payer, pagopa_category, document_hash }
}

/**
 * A stamp as MyPay sells it: paid at once, for one document, never on a notice. Throws RejectedError: stamp-amount,
 * stamp-document, stamp-province, currency-unsupported, category-missing, and not-expressible naming the member.
 */
export const toStampDues = (owed: OwedStamp): Dovuti => {
  const { iud, amount, currency, payer, document_hash } = owed
  const provinciaResidenza = provinceOf(payer)
  const refusals = {
    'stamp-amount': amount !== stampCents && 'a stamp is 16.00',
    'stamp-province':
      provinciaResidenza === undefined && 'the payer has no province of two letters',
    'currency-unsupported': currency !== 'EUR' && 'a stamp is paid in euros',
  }
  for (const [code, reason] of Object.entries(refusals)) {
    if (reason) throw new RejectedError(code, reason)
  }
  const due = {
    identificativoUnivocoDovuto: toDueId(iud),
    importoSingoloVersamento: formatCents(stampCents),
    identificativoTipoDovuto: stampDueType,
    causaleVersamento: reasonOf(owed),
    datiSpecificiRiscossione: categoryOf(owed),
    datiMarcaBolloDigitale: {
      tipoBollo: '01',
      hashDocumento: digestOf(document_hash),
      provinciaResidenza,
    },
  }
  return expressible(Dovuti, {
    soggettoPagatore: toSoggettoPagatore(payer),
    datiVersamento: { tipoVersamento: 'ALL', datiSingoloVersamento: [due] },
  })
}

const digestOf = (hash: string | null): string => {
  try {
    return parseDocumentDigest(hash ?? '')
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new RejectedError('stamp-document', 'the document of the stamp has no SHA-256')
  }
}
