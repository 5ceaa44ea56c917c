import { idPagamentoOf, Pendenza } from '#connectors/iris/pendenza'
import { toDestinatario } from '#connectors/iris/mapping-payer'
import { assertOwnSplit, toVoci } from '#connectors/iris/mapping-shares'
import { RejectedError } from '#core/errors'
import { formatCents } from '#schemas/values/cents'
import { daysLater, toRomeTime } from '#schemas/values/date-time'
import { iuvFor } from '#schemas/values/iud-numbers'
import { plain } from '#schemas/values/plain-text'
import type { IrisService, IrisTenant } from '#connectors/iris/config'
import type { DebtPosition, OnlinePayment } from '#ports/intermediary'
import type { Payment } from '#schemas/generated/types'

/** What a pendency is made of: as much as is known at the payer's click, too. */
export type Owed = Pick<
  OnlinePayment,
  'iud' | 'amount' | 'currency' | 'expire_at' | 'reason' | 'created_at' | 'payer'
>

type Body = Pick<IrisTenant, 'segregation_code' | 'sender_id' | 'version'>

const prescriptionDays = 3_652
const causaleCharactersMax = 140

/** The debt of a payment. Throws RejectedError where a pendency has no place for something of it. */
export const toOwed = (payment: Payment, service: IrisService): Owed => {
  refuseUnsupported(payment, service)
  const { reason, created_at, payer } = payment
  const { iud, amount, currency, expire_at, split } = payment.payment
  assertOwnSplit(split, payableCents(amount), service)
  return { iud, amount, currency, expire_at, reason, created_at, payer }
}

// Left behind, each of these would ask another person, pay another person, or be another debt before the law.
const refuseUnsupported = ({ payment, debtor }: Payment, service: IrisService): void => {
  const { type, document, receiver, due_type } = payment
  const unsupported = {
    'stamp-unsupported': type === 'STAMP',
    'type-unsupported': type !== null && type !== 'PAGOPA',
    'document-unsupported': document !== null,
    'receiver-unsupported': receiver !== null,
    'debtor-unsupported': debtor !== null,
    // Asked later, by the iud alone, the type is the service's.
    'due-type-unsupported': due_type !== null && due_type !== service.due_type,
  }
  for (const [code, isAsked] of Object.entries(unsupported)) {
    if (isAsked) throw new RejectedError(code, 'iris has no place for it in a pendency')
  }
}

/**
 * The pendency as IRIS wants it, the same each time it is told: nothing from the clock, no credentials. Throws
 * RejectedError: amount-missing, currency-unsupported, split-does-not-add-up, and not-expressible naming the member.
 */
export const toPendenza = (owed: Owed, service: IrisService, body: Body): Pendenza => {
  const { iud, currency, created_at } = owed
  if (currency !== 'EUR') {
    throw new RejectedError('currency-unsupported', 'iris has no place for it in a pendency')
  }
  const cents = payableCents(owed.amount)
  const importo = formatCents(cents)
  const causale = plain(owed.reason ?? '', causaleCharactersMax) || `Pagamento ${iud}`
  const createdAt = toRomeTime(created_at)
  const prescribedAt = daysLater(createdAt, prescriptionDays)
  const lastDay = dayOf(owed.expire_at === null ? prescribedAt : toRomeTime(owed.expire_at))
  return expressible({
    attributes: { TipoPendenza: service.due_type },
    IdPendenza: iud,
    Mittente: { Id: body.sender_id },
    Destinatari: { Destinatario: toDestinatario(owed.payer, body.version) },
    Insert: {
      DescrizioneCausale: causale,
      DataCreazione: createdAt,
      DataEmissione: createdAt,
      DataPrescrizione: prescribedAt,
      AnnoRiferimento: createdAt.slice(0, 4),
      Stato: 'Aperta',
      ImportoTotale: importo,
      Divisa: 'EUR',
      InfoPagamento: {
        attributes: { TipoPagamento: 'Pagamento Unico' },
        DettaglioPagamento: {
          IdPagamento: iuvFor(iud, body.segregation_code),
          DataScadenza: lastDay,
          DataInizioValidita: dayOf(createdAt),
          DataFineValidita: lastDay,
          Stato: 'Non Pagato',
          Importo: importo,
          DettaglioImporto: { Voce: toVoci(cents, causale, service) },
          CausalePagamento: causale,
        },
      },
    },
  })
}

/** The debt position of a pendency: its numbers are ours, and IRIS took them along. */
export const toDebtPosition = (pendenza: Pendenza): DebtPosition => {
  const iuv = idPagamentoOf(pendenza)
  return { notice_code: noticeCodeOf(iuv), iuv }
}

// The auxiliary digit of numbers with a segregation code.
const noticeCodeOf = (iuv: string): string => `3${iuv}`

const payableCents = (amount: number | null): number => {
  if (amount !== null && amount > 0) return amount
  throw new RejectedError('amount-missing', 'iris takes only amounts above zero')
}

const dayOf = (dateTime: string): string => dateTime.slice(0, 10)

const expressible = (value: unknown): Pendenza => {
  const parsed = Pendenza.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new RejectedError('not-expressible', `${issue?.path.join('.')}: ${issue?.message}`)
}
