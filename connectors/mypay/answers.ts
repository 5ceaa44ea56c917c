import { z } from 'zod'
import { TransientError } from '#core/errors'

/** MyPay's own no, by its code, or what was asked for. Faults come in answers that are well, with HTTP 200. */
export type Answer<Told> =
  { readonly faultCode: string } | { readonly faultCode: null; readonly told: Told }

const Told = z.string().nullish()
/** What stands in every answer. */
export const Risposta = z.object({
  fault: z.object({ faultCode: z.string() }).nullish(),
  esito: Told,
})
const Page = z.url({ protocol: /^https?$/ })
const Done = Risposta.extend({ esito: z.literal('OK') })
/** Where a payer goes to pay. */
export const Session = Done.extend({ idSession: z.string(), url: Page })
/** What became of one due that was put in, withdrawn or printed. */
export const Import = Done.extend({
  identificativoUnivocoVersamento: Told,
  urlFileAvviso: Told,
  base64ZipAvviso: Told,
})
/** What became of the dues that were asked for. */
export const Paid = Risposta.extend({ pagati: z.string(), rt: Told })
/** What somebody owes. */
export const Open = Risposta.extend({
  paaSILPosizioniAperte: z
    .array(
      z.object({
        codIpaEnte: z.string(),
        urlPagamento: Page.optional().catch(undefined),
        dovuti: z.string(),
      }),
    )
    .default([]),
})
/** What somebody paid. */
export const History = Risposta.extend({
  paaSILStoricoPagamenti: z
    .array(z.object({ ctPagatiConRicevuta: z.string(), rt: Told }))
    .default([]),
})
export type ImportedDue = z.infer<typeof Import>

/** The answer, with what was told read. */
export const told = <Read, Told>(answer: Answer<Read>, read: (told: Read) => Told): Answer<Told> =>
  answer.faultCode === null ? { faultCode: null, told: read(answer.told) } : answer

const notOwn = 'mypay answered with something that is not its own'

/** What an answer says, held against what it may say. Throws TransientError where it says something else. */
export const judged = <Answered extends z.infer<typeof Risposta>>(
  schema: z.ZodType<Answered>,
  raw: unknown,
): Answer<Answered> => {
  // An answer without a member comes as none.
  const answered = raw ?? {}
  const answer = Risposta.safeParse(answered)
  if (!answer.success) throw new TransientError(notOwn)
  const { fault, esito } = answer.data
  if (fault && esito !== 'OK') return { faultCode: fault.faultCode }
  const whole = schema.safeParse(answered)
  if (whole.success && !fault) return { faultCode: null, told: whole.data }
  throw new TransientError(notOwn)
}
