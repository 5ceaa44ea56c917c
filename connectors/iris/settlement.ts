import { iudOf, settled } from '#connectors/iris/pagamento'
import { TransientError } from '#core/errors'
import type { InformazioniPagamento } from '#connectors/iris/answers'
import type { Pagamento } from '#connectors/iris/pagamento'
import type { ReportedSettlement, Settlement } from '#ports/intermediary'

/** What a detailed state says of a pendency: that it was paid, that it is there, or that there is none. */
type Meaning = 'paid' | 'present' | 'absent'

const meanings: Readonly<Record<string, Meaning>> = {
  POSIZIONE_PAGATA: 'paid',
  // Subject to collection, not final.
  POSIZIONE_PAGATA_SBF: 'present',
  POSIZIONE_CON_PAG_IN_CORSO: 'present',
  POSIZIONE_CON_DOC_EMESSO: 'present',
  POSIZIONE_NON_PAGATA: 'present',
  POSIZIONE_NON_PAGABILE: 'present',
  POSIZIONE_NON_PRESENTE: 'absent',
}

const meaningOf = (state: string): Meaning | undefined =>
  Object.hasOwn(meanings, state) ? meanings[state] : undefined

/**
 * The word on the money of a pendency that was asked about. Only POSIZIONE_PAGATA is one; a word nobody knows means "not
 * finished". Throws TransientError where money is told of without its sum, or of another pendency.
 */
export const toSettlement = (told: InformazioniPagamento, iud: string): Settlement => {
  if (meaningOf(told.Stato) !== 'paid') return { state: 'pending' }
  const { Pagamento: payment } = told
  if (!payment)
    throw new TransientError('iris says that it was paid, and tells neither sum nor time')
  const { IdPagamento } = payment.RiferimentoPagamento
  const isOther = payment.RiferimentoDebito && iudOf(payment) !== iud
  if (IdPagamento !== told.IdPagamento || isOther) {
    throw new TransientError('iris told of the money of another pendency')
  }
  return settled(payment)
}

/** Whether IRIS has the pendency. Throws TransientError where its word is one nobody knows. */
export const isPresent = ({ Stato }: Pick<InformazioniPagamento, 'Stato'>): boolean => {
  const meaning = meaningOf(Stato)
  if (meaning !== undefined) return meaning !== 'absent'
  throw new TransientError('iris says of the pendency what nobody knows')
}

const firstStage = 'ESEGUITO'
const laterStages: readonly string[] = ['REGOLATO', 'INCASSO']

/**
 * What a notification says of one payment; undefined where it is of no pendency of ours. The same money is told at each
 * of its stages: the first completes the payment, a later one does where the first was lost.
 */
export const toReported = (
  payment: Pagamento,
  isRepeated: boolean,
): ReportedSettlement | undefined => {
  const iud = iudOf(payment)
  if (iud === undefined) return undefined
  const isLater = laterStages.includes(payment.Esito)
  if (payment.Esito !== firstStage && !isLater) return { iud, settlement: { state: 'pending' } }
  return { iud, settlement: settled(payment), isRepeated: isRepeated || isLater }
}
