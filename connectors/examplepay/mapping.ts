import { NewPendency } from '#connectors/examplepay/client'
import { RejectedError, TransientError } from '#core/errors'
import { formatCents, parseCents } from '#schemas/values/cents'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { iuvOf } from '#schemas/values/notice-code'
import { splitCents } from '#schemas/values/split'
import type { Pendency, PendencyNotification } from '#connectors/examplepay/client'
import type { ExamplepayService } from '#connectors/examplepay/config'
import type { ListedPendency } from '#connectors/examplepay/listed-pendency'
import type { DebtPosition, Due, ReportedSettlement, Settlement } from '#ports/intermediary'
import type { Payment } from '#schemas/generated/types'

const reasonCharactersMax = 140

/**
 * The debt as examplepay wants it: members in a fixed order, nothing from the clock, no credentials. Addresses, the
 * e-mail and the shares' `meta` stay behind. Throws RejectedError: stamp-, type-, document-, currency- and
 * debtor-unsupported, amount-missing, split-does-not-add-up, and not-expressible naming the member.
 */
export const toNewPendency = (payment: Payment, service: ExamplepayService): NewPendency => {
  refuseUnsupported(payment)
  const { iud, expire_at, receiver, pagopa_category } = payment.payment
  const cents = payableCents(payment)
  const { type: payerType, name, family_name, tax_identification_number } = payment.payer
  const pendency = NewPendency.safeParse({
    iud,
    due_type: payment.payment.due_type ?? service.due_type,
    reason: plain(payment.reason ?? '') || `Pagamento ${iud}`,
    amount: formatCents(cents),
    expire_at,
    payer: {
      type: payerType,
      name: plain([name, family_name].filter(Boolean).join(' ')),
      tax_code: tax_identification_number,
    },
    split: sharesOf(payment, cents),
    // The account of the service is the body's: nobody else's money goes there.
    iban: receiver ? (receiver.iban ?? undefined) : service.iban,
    receiver: receiver
      ? { tax_code: receiver.tax_identification_number, name: plain(receiver.name) }
      : undefined,
    category: pagopa_category ?? undefined,
  })
  if (pendency.success) return pendency.data
  const [issue] = pendency.error.issues
  throw new RejectedError('not-expressible', `${issue?.path.join('.')}: ${issue?.message}`)
}

// Left behind, each of these would ask another person, pay another person, or be another debt before the law.
const refuseUnsupported = ({ payment, debtor }: Payment): void => {
  const { type, document, currency } = payment
  const unsupported = {
    'stamp-unsupported': type === 'STAMP',
    'type-unsupported': type !== null && type !== 'PAGOPA',
    'document-unsupported': document !== null,
    'currency-unsupported': currency !== 'EUR',
    'debtor-unsupported': debtor !== null,
  }
  for (const [code, isAsked] of Object.entries(unsupported)) {
    if (isAsked) throw new RejectedError(code, 'examplepay has no place for it in a debt')
  }
}

const payableCents = ({ payment: { amount } }: Payment): number => {
  if (amount === null || amount <= 0) {
    throw new RejectedError('amount-missing', 'examplepay takes only amounts above zero')
  }
  return amount
}

// Our dispatcher lets no other split pass; other writers of `payments` may.
const sharesOf = ({ payment: { split } }: Payment, cents: number): NewPendency['split'] => {
  try {
    const shares = splitCents(
      cents,
      split.map(({ amount }) => amount),
    )
    return split.map(({ code }, index) => ({ code, amount: formatCents(shares[index] ?? 0) }))
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new RejectedError('split-does-not-add-up', `the split ${error.reason}`)
  }
}

// Curly quotes and dashes break printed notices; the limit counts characters, not halves of them.
const plain = (text: string): string =>
  [
    ...text
      .normalize('NFC')
      .replace(/[\u2018\u2019\u201B\u2032]/g, "'")
      .replace(/[\u201C\u201D\u201F\u2033]/g, '"')
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim(),
  ]
    .slice(0, reasonCharactersMax)
    .join('')

/**
 * The debt position `asked` for, with the numbers as examplepay gave them: check digits are not ours to judge.
 * Throws RejectedError('debt-refused' | 'debt-cancelled') where its word is that, TransientError where the answer
 * tells of another amount or has no number to pay by.
 */
export const toDebtPosition = (
  { state, amount, notice_number, iuv }: Pendency,
  asked: Pick<NewPendency, 'amount'>,
): DebtPosition => {
  if (parseCents(amount) !== parseCents(asked.amount)) {
    throw new TransientError('examplepay answered with an amount other than asked')
  }
  if (state === 'REFUSED') throw new RejectedError('debt-refused', 'examplepay refused the debt')
  if (state === 'CANCELLED') throw new RejectedError('debt-cancelled', 'the debt was cancelled')
  if (notice_number === null && iuv === null) {
    throw new TransientError('examplepay answered without a number to pay by')
  }
  return {
    notice_code: notice_number,
    iuv: iuv ?? (notice_number?.match(/^[0-3]/) ? iuvOf(notice_number) : null),
  }
}

/** A debt that somebody opened, as what is owed. */
export const toDue = ({ code, notice_number, amount, ...listed }: ListedPendency): Due => ({
  ...listed,
  iud: code.toLowerCase(),
  notice_code: notice_number,
  amount: parseCents(amount),
})

/** The word on the money. A word not in this table means "not finished": only explicit words count. */
export const toSettlement = (
  told: Pick<PendencyNotification, 'state' | 'transaction_id' | 'paid_at' | 'amount'>,
): Settlement => {
  switch (told.state) {
    case 'PAID':
      return {
        state: 'settled',
        transaction_id: told.transaction_id ?? null,
        // The schemas let PAID through only with its time.
        paid_at: told.paid_at as string,
        amount: parseCents(told.amount),
      }
    case 'REFUSED':
      return { state: 'refused' }
    case 'EXPIRED':
      return { state: 'expired' }
    case 'CANCELLED':
      return { state: 'cancelled' }
    default:
      return { state: 'pending' }
  }
}

/** What a notification says, and of which debt. */
export const toReportedSettlement = (notification: PendencyNotification): ReportedSettlement => ({
  iud: notification.code,
  settlement: toSettlement(notification),
})
