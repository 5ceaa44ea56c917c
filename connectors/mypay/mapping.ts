import { z } from 'zod'
import { Versamento } from '#connectors/mypay/documents'
import { errorOf } from '#connectors/mypay/faults'
import { toSoggettoPagatore } from '#connectors/mypay/mapping-payer'
import { toDueId } from '#connectors/mypay/due-id'
import { iuvFor } from '#schemas/values/iud-numbers'
import { plain } from '#schemas/values/plain-text'
import { RejectedError, TransientError } from '#core/errors'
import { formatCents } from '#schemas/values/cents'
import { formatDateTime } from '#schemas/values/date-time'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { readJson } from '#schemas/values/json-text'
import { splitCents } from '#schemas/values/split'
import type { Answer, ImportedDue } from '#connectors/mypay/answers'
import type { PaidDues } from '#connectors/mypay/client'
import type { MypayService, MypayTenant } from '#connectors/mypay/config'
import type { Bilancio } from '#connectors/mypay/documents'
import type { DebtPosition, OnlinePayment } from '#ports/intermediary'
import type { Payment } from '#schemas/generated/types'

const reasonCharactersMax = 140

/**
 * The due as MyPay wants it: members in the order of its schema, nothing from the clock, no credentials. Throws
 * RejectedError: type-, document-, receiver-, currency- and debtor-unsupported, amount-missing,
 * category-missing, split-does-not-add-up, and not-expressible naming the member.
 */
export const toVersamento = (
  payment: Payment,
  service: MypayService,
  { segregation_code }: Pick<MypayTenant, 'segregation_code'>,
): Versamento => {
  refuseUnsupported(payment)
  const { iud, expire_at, due_type } = payment.payment
  if (!/^[0-9a-f]{32}$/.test(iud)) throw notExpressible('iud', 'is not 32 hex digits in lower case')
  const cents = payableCents(payment)
  return expressible(Versamento, {
    soggettoPagatore: toSoggettoPagatore(payment.payer),
    datiVersamento: {
      dataEsecuzionePagamento: expire_at === null ? undefined : dayOf(expire_at),
      tipoVersamento: 'ALL',
      identificativoUnivocoVersamento: iuvFor(iud, segregation_code),
      identificativoUnivocoDovuto: toDueId(iud),
      importoSingoloVersamento: formatCents(cents),
      identificativoTipoDovuto: due_type ?? service.due_type,
      causaleVersamento: reasonOf({ reason: payment.reason, iud }),
      datiSpecificiRiscossione: categoryOf(payment.payment),
      bilancio: bilancioOf(payment, cents),
    },
  })
}

// Left behind, each of these would ask another person, pay another person, or be another debt before the law.
const refuseUnsupported = ({ payment, debtor }: Payment): void => {
  const { type, document, receiver, currency } = payment
  const unsupported = {
    'type-unsupported': type !== null && type !== 'PAGOPA',
    'document-unsupported': document !== null,
    'receiver-unsupported': receiver !== null,
    'currency-unsupported': currency !== 'EUR',
    'debtor-unsupported': debtor !== null,
  }
  for (const [code, isAsked] of Object.entries(unsupported)) {
    if (isAsked) throw new RejectedError(code, 'mypay has no place for it in a due')
  }
}

const payableCents = ({ payment: { amount } }: Payment): number => {
  if (amount === null || amount <= 0) {
    throw new RejectedError('amount-missing', 'mypay takes only amounts above zero')
  }
  return amount
}

/** The reason as it is printed. */
export const reasonOf = ({ reason, iud }: Pick<OnlinePayment, 'reason' | 'iud'>): string =>
  plain(reason ?? '', reasonCharactersMax) || `Pagamento ${iud}`

/** pagoPA's taxonomy of what is collected. */
export const categoryOf = ({ pagopa_category }: Pick<OnlinePayment, 'pagopa_category'>): string => {
  if (pagopa_category !== null) return pagopa_category
  throw new RejectedError('category-missing', "mypay wants pagoPA's taxonomy with each due")
}

/** The day in Rome. */
const dayOf = (dateTime: string): string => formatDateTime(new Date(dateTime)).slice(0, 10)

/** The value as their schema takes it. Throws RejectedError('not-expressible') naming the member, never its value. */
export const expressible = <Value>(schema: z.ZodType<Value>, value: unknown): Value => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw notExpressible(issue?.path.join('.') ?? '', issue?.message ?? 'not valid')
}

const notExpressible = (member: string, reason: string) =>
  new RejectedError('not-expressible', `${member}: ${reason}`)

const Meta = z.object({
  split_budget_chapter: z.string().optional(),
  split_office_code: z.string().optional(),
  split_assessment: z.string().optional(),
  codUfficio: z.string().optional(),
  codAccertamento: z.string().optional(),
})

// Our dispatcher lets no other split pass; other writers of `payments` may.
const bilancioOf = ({ payment: { split } }: Payment, cents: number): Bilancio | undefined => {
  if (split.length === 0) return undefined
  const shares = sharesOf(
    split.map(({ amount }) => amount),
    cents,
  )
  const capitolo = split.map(({ code, meta }, index) => {
    const members = expressible(Meta, readJson(meta))
    return {
      codCapitolo: members.split_budget_chapter ?? code,
      codUfficio: members.split_office_code ?? members.codUfficio,
      accertamento: [
        {
          codAccertamento: members.split_assessment ?? members.codAccertamento,
          importo: formatCents(shares[index] ?? 0),
        },
      ],
    }
  })
  return { capitolo }
}

const sharesOf = (split: readonly (number | null)[], cents: number): readonly number[] => {
  try {
    return splitCents(cents, split)
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new RejectedError('split-does-not-add-up', `the split ${error.reason}`)
  }
}

type Numbered = Pick<Versamento, 'datiVersamento'>

/**
 * The debt position that was asked for. Its numbers are ours: MyPay took them, or it says another and then nobody knows
 * what it holds (TransientError).
 */
export const toDebtPosition = (
  { datiVersamento: { identificativoUnivocoVersamento: iuv } }: Numbered,
  told?: Pick<ImportedDue, 'identificativoUnivocoVersamento'>,
): DebtPosition => {
  const other = told?.identificativoUnivocoVersamento
  if (other && other !== iuv) throw new TransientError('mypay answered with a number of its own')
  return { notice_code: `3${iuv}`, iuv }
}

const openWords: ReadonlySet<string> = new Set([
  'PAA_PAGAMENTO_NON_INIZIATO',
  'PAA_PAGAMENTO_IN_CORSO',
  'PAA_PAGAMENTO_SCADUTO',
])

/**
 * What the question for a due says of its being there: undefined where MyPay surely has none. Throws
 * RejectedError('debt-cancelled'), and TransientError where nothing is sure.
 */
export const toFoundPosition = (
  answer: Answer<PaidDues>,
  due: Numbered,
): DebtPosition | undefined => {
  const { faultCode } = answer
  if (faultCode === null || openWords.has(faultCode)) return toDebtPosition(due)
  if (faultCode === 'PAA_IUD_NON_VALIDO') return undefined
  if (faultCode === 'PAA_PAGAMENTO_ANNULLATO') {
    throw new RejectedError('debt-cancelled', 'the due was withdrawn')
  }
  const error = errorOf(faultCode)
  throw error instanceof TransientError ? error : new TransientError(error.message)
}
