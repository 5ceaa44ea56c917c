import { isLosslessNumber, type LosslessNumber } from 'lossless-json'
import { z } from 'zod'
import { Cents } from '#connectors/govpay/amounts'
import { momentOf } from '#connectors/govpay/moments'
import { RejectedError } from '#core/errors'

/** The receipt of an executed payment. */
export interface Receipt {
  /** The receiptId of today's receipts, the ccp of older ones; of those without one the PSP's iur. */
  readonly id: string | null
  readonly iuv: string
  /** What GovPay finds the document by. */
  readonly ccp: string
  readonly paid_at: string
  readonly amount: number
}

/** What pagoPA's receipt says, whatever came of the payment. */
export interface ReadReceipt extends Omit<Receipt, 'paid_at'> {
  readonly outcome: 'executed' | 'not-executed' | 'unknown'
  readonly creditor: string
  readonly paid_at: string | null
}

const Text = z.string().min(1)
const Word = z.union([z.string(), z.custom<LosslessNumber>(isLosslessNumber)])

/** Since pagoPA's model of 2021. */
const CtReceipt = z.object({
  receiptId: Text,
  fiscalCode: Text,
  outcome: z.string(),
  creditorReferenceId: Text,
  paymentAmount: Cents,
  paymentDateTime: z.string().nullish(),
})

const Singolo = z.object({
  identificativoUnivocoRiscossione: z.string().nullish(),
  dataEsitoSingoloPagamento: z.string().nullish(),
})

/** Before it. */
const CtRicevutaTelematica = z.object({
  dominio: z.object({ identificativoDominio: Text }),
  dataOraMessaggioRicevuta: z.string().nullish(),
  datiPagamento: z.object({
    codiceEsitoPagamento: Word,
    importoTotalePagato: Cents,
    identificativoUnivocoVersamento: Text,
    CodiceContestoPagamento: z.string().nullish(),
    codiceContestoPagamento: z.string().nullish(),
    datiSingoloPagamento: z.array(Singolo).nullish(),
  }),
})

const outcomes: Readonly<Record<string, ReadReceipt['outcome']>> = {
  OK: 'executed',
  KO: 'not-executed',
  0: 'executed',
  1: 'not-executed',
  3: 'not-executed',
}

/** A receipt in either of its shapes; undefined where it is in none. */
export const readReceipt = (rt: unknown): ReadReceipt | undefined => {
  const present = CtReceipt.safeParse(rt)
  if (present.success) return presentReceipt(present.data)
  const former = CtRicevutaTelematica.safeParse(rt)
  return former.success ? formerReceipt(former.data) : undefined
}

const presentReceipt = (told: z.infer<typeof CtReceipt>): ReadReceipt => ({
  outcome: outcomes[told.outcome] ?? 'unknown',
  id: told.receiptId,
  iuv: told.creditorReferenceId,
  ccp: told.receiptId,
  creditor: told.fiscalCode,
  amount: told.paymentAmount,
  paid_at: momentOf(told.paymentDateTime ?? ''),
})

const formerReceipt = (told: z.infer<typeof CtRicevutaTelematica>): ReadReceipt => {
  const { dominio, dataOraMessaggioRicevuta: sent = '', datiPagamento: paid } = told
  const [first] = paid.datiSingoloPagamento ?? []
  const day = first?.dataEsitoSingoloPagamento ?? sent ?? ''
  const context = paid.CodiceContestoPagamento ?? paid.codiceContestoPagamento
  return {
    outcome: outcomes[String(paid.codiceEsitoPagamento)] ?? 'unknown',
    id: receiptIdOf(context, first?.identificativoUnivocoRiscossione),
    iuv: paid.identificativoUnivocoVersamento,
    ccp: context ?? 'n/a',
    creditor: dominio.identificativoDominio,
    amount: paid.importoTotalePagato,
    // The day is told, the time of day only of the message: that of the same day is near enough.
    paid_at: momentOf(sent?.startsWith(day) ? sent : day),
  }
}

/** What tells a payment from another of the same debt: a context that says nothing does not. */
export const receiptIdOf = (...told: readonly (string | null | undefined)[]): string | null =>
  told.find((id) => id && id.toLowerCase() !== 'n/a') ?? null

/**
 * The receipt of the first payment among attempts to pay, for the body; undefined where none was executed. Throws
 * RejectedError('other-creditor') where an executed one is for another body: nothing is settled by guess.
 */
export const executedIn = (
  attempts: readonly { readonly rt?: unknown }[],
  domain_id: string,
): Receipt | undefined => {
  const executed = attempts.flatMap(({ rt }) => {
    const receipt = readReceipt(rt)
    return receipt?.outcome === 'executed' ? [receipt] : []
  })
  if (executed.some(({ creditor }) => creditor !== domain_id)) {
    throw new RejectedError('other-creditor', 'GovPay shows a receipt of another body')
  }
  const [first] = executed
    .flatMap(({ paid_at, ...rest }) => (paid_at === null ? [] : [{ ...rest, paid_at }]))
    .sort((one, other) => Date.parse(one.paid_at) - Date.parse(other.paid_at))
  return first
}
