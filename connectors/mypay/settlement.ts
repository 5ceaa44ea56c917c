import { errorOf, isForAdministrator } from '#connectors/mypay/faults'
import { isDueOf, iudOf, iuvIn, toDueId } from '#connectors/mypay/due-id'
import { paidAt } from '#connectors/mypay/paid-at'
import { TransientError } from '#core/errors'
import { parseCents } from '#schemas/values/cents'
import type { Answer } from '#connectors/mypay/answers'
import type { DueKey, PaidDues } from '#connectors/mypay/client'
import type { DatiSingoloPagamento } from '#connectors/mypay/paid-documents'
import type { ReportedSettlement, Settlement } from '#ports/intermediary'

// A fault that is not in this table leaves all as it is: also one nobody knows, and PAA_SYSTEM_ERROR.
const endingWords: Readonly<Record<string, Settlement>> = {
  PAA_PAGAMENTO_ANNULLATO: { state: 'cancelled' },
  PAA_PAGAMENTO_SCADUTO: { state: 'expired' },
}

const unknownDue: ReadonlySet<string> = new Set(['PAA_IUD_NON_VALIDO', 'PAA_IUV_NON_VALIDO'])

/** The only word of a document that means money. 1 to 4 tell of an attempt, and the due is still open. */
const executed = '0'

/** Of which due, and which body it is owed to where that is known. */
export interface AskedDue {
  readonly iud: string
  readonly creditor: string | undefined
  /** Whether there is no due before it is paid, as with digital stamps. */
  readonly isStamp?: boolean
}

/**
 * The word on the money of one due, asked for by `keyOf` its iud. Only explicit words count. Throws RejectedError where MyPay
 * has no such due, TransientError where it does not answer us or tells of what is owed to another body.
 */
export const toSettlement = (answer: Answer<PaidDues>, due: AskedDue): Settlement => {
  if (answer.faultCode === null) {
    return itemOf(due, answer.told)?.settlement ?? { state: 'pending' }
  }
  const { faultCode } = answer
  if (due.isStamp && faultCode === 'PAA_IUD_NON_VALIDO') return { state: 'pending' }
  if (unknownDue.has(faultCode) || isForAdministrator(faultCode)) throw errorOf(faultCode)
  return Object.hasOwn(endingWords, faultCode) ? endingWords[faultCode]! : { state: 'pending' }
}

/** What a document says, due by due: several may be paid at once. Dues that are none of ours are passed over. */
export const settlementsIn = (
  told: PaidDues,
  creditor: string | undefined,
): readonly ReportedSettlement[] =>
  itemsIn(told, creditor).flatMap(({ dueId, settlement }) => {
    const iud = iudOf(dueId)
    return iud === undefined ? [] : [{ iud, settlement }]
  })

/** What a document says of the due that was asked for, by its iud or by its number alone. */
const itemOf = ({ iud, creditor }: AskedDue, told: PaidDues): ToldItem | undefined => {
  const items = itemsIn(told, creditor)
  const iuv = iuvIn(iud)
  if (iuv === undefined) return items.find(({ dueId }) => isDueOf(iud, dueId))
  const isIts = told.pagati.datiPagamento.identificativoUnivocoVersamento === iuv
  return isIts && items.length === 1 ? items[0] : undefined
}

interface ToldItem {
  readonly dueId: string
  readonly settlement: Settlement
}

const itemsIn = (
  { pagati, receipt }: PaidDues,
  creditor: string | undefined,
): readonly ToldItem[] => {
  const { dominio, datiPagamento } = pagati
  if (creditor !== undefined && dominio.identificativoDominio !== creditor) {
    throw new TransientError('mypay told of what is owed to another body')
  }
  const isExecuted = datiPagamento.codiceEsitoPagamento === executed
  return datiPagamento.datiSingoloPagamento.map((item) => ({
    dueId: item.identificativoUnivocoDovuto,
    settlement: isExecuted ? settled(item, receipt) : { state: 'pending' },
  }))
}

const settled = (item: DatiSingoloPagamento, receipt: string | undefined): Settlement => ({
  state: 'settled',
  transaction_id: item.identificativoUnivocoRiscossione || null,
  paid_at: paidAt(item.dataEsitoSingoloPagamento, receipt),
  amount: parseCents(item.singoloImportoPagato),
})

/** By what MyPay is asked for a due: by its number where nothing else is known of it. */
export const keyOf = (iud: string): DueKey => {
  const identificativoUnivocoVersamento = iuvIn(iud)
  return identificativoUnivocoVersamento === undefined
    ? { identificativoUnivocoDovuto: toDueId(iud) }
    : { identificativoUnivocoVersamento }
}
