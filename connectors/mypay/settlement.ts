import { errorOf, isForAdministrator } from '#connectors/mypay/faults'
import { iudOf, toDueId } from '#connectors/mypay/due-id'
import { paidAt } from '#connectors/mypay/paid-at'
import { TransientError } from '#core/errors'
import { parseCents } from '#schemas/values/cents'
import type { Answer, PaidDues } from '#connectors/mypay/client'
import type { DatiSingoloPagamento } from '#connectors/mypay/paid-documents'
import type { ReportedSettlement, Settlement } from '#ports/intermediary'

// A fault that is not in this table leaves all as it is: also one nobody knows, and PAA_SYSTEM_ERROR.
const endingWords: Readonly<Record<string, Settlement>> = {
  PAA_PAGAMENTO_ANNULLATO: { state: 'cancelled' },
  PAA_PAGAMENTO_SCADUTO: { state: 'expired' },
}

/** The only word of a document that means money. 1 to 4 tell of an attempt, and the due is still open. */
const executed = '0'

/** Of which due, and which body it is owed to where that is known. */
export interface AskedDue {
  readonly iud: string
  readonly creditor: string | undefined
}

/**
 * The word on the money of one due, asked for by its iud. Only explicit words count. Throws RejectedError where MyPay
 * has no such due, TransientError where it does not answer us or tells of what is owed to another body.
 */
export const toSettlement = (answer: Answer<PaidDues>, due: AskedDue): Settlement => {
  if (answer.faultCode === null) {
    const told = settlementsIn(answer.told, due.creditor)
    return told.find(({ iud }) => iud === due.iud)?.settlement ?? { state: 'pending' }
  }
  const { faultCode } = answer
  if (faultCode === 'PAA_IUD_NON_VALIDO' || isForAdministrator(faultCode)) throw errorOf(faultCode)
  return Object.hasOwn(endingWords, faultCode) ? endingWords[faultCode]! : { state: 'pending' }
}

/** What a document says, due by due: several may be paid at once. Dues that are none of ours are passed over. */
export const settlementsIn = (
  { pagati, receipt }: PaidDues,
  creditor: string | undefined,
): readonly ReportedSettlement[] => {
  const { dominio, datiPagamento } = pagati
  if (creditor !== undefined && dominio.identificativoDominio !== creditor) {
    throw new TransientError('mypay told of what is owed to another body')
  }
  const isExecuted = datiPagamento.codiceEsitoPagamento === executed
  return datiPagamento.datiSingoloPagamento.flatMap((item): ReportedSettlement[] => {
    const iud = iudOf(item.identificativoUnivocoDovuto)
    if (iud === undefined) return []
    return [{ iud, settlement: isExecuted ? settled(item, receipt) : { state: 'pending' } }]
  })
}

const settled = (item: DatiSingoloPagamento, receipt: string | undefined): Settlement => ({
  state: 'settled',
  transaction_id: item.identificativoUnivocoRiscossione || null,
  paid_at: paidAt(item.dataEsitoSingoloPagamento, receipt),
  amount: parseCents(item.singoloImportoPagato),
})

/** By what MyPay is asked for a due of ours. */
export const keyOf = (iud: string) => ({ identificativoUnivocoDovuto: toDueId(iud) })
