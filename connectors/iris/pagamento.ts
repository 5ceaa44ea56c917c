import { z } from 'zod'
import { parseXmlDateTime } from '#soap/date-time'
import { parseCents } from '#schemas/values/cents'
import type { Settlement } from '#ports/intermediary'

const DateTime = z.string().transform((text, context) => {
  try {
    return parseXmlDateTime(text)
  } catch {
    context.addIssue('not a date and time')
    return z.NEVER
  }
})

/** Money that IRIS tells of, asked or by itself, as far as we read it. A third decimal is nobody's cent. */
export const Pagamento = z.object({
  RiferimentoPagamento: z.object({ IdPagamento: z.string() }),
  DataOraPagamento: DateTime,
  Importo: z
    .string()
    .trim()
    .regex(/^\d{1,10}(\.\d{1,2}0?)?$/),
  /** ESEGUITO, then REGOLATO and INCASSO of the same money. */
  Esito: z.string(),
  Transazione: z.object({ IdTransazione: z.string().trim().min(1).max(35) }).nullish(),
  RiferimentoDebito: z.object({ Pendenza: z.string() }).nullish(),
})
export type Pagamento = z.infer<typeof Pagamento>

/** The settlement that a payment is. */
export const settled = ({ DataOraPagamento, Importo, Transazione }: Pagamento): Settlement => ({
  state: 'settled',
  transaction_id: Transazione?.IdTransazione ?? null,
  paid_at: DataOraPagamento,
  amount: parseCents(Importo),
})

const iudShape = /^[0-9a-f]{32}$/i

/** The iud of the pendency that a payment is of; undefined where it names none, or none of ours. */
export const iudOf = ({ RiferimentoDebito }: Pagamento): string | undefined => {
  const id = RiferimentoDebito?.Pendenza.trim() ?? ''
  return iudShape.test(id) ? id.toLowerCase() : undefined
}
