import type { Lookup } from '#core/processor'
import type { Due } from '#ports/intermediary'
import type { PaymentCurrent } from '#schemas/generated/types'
import { paymentIdOf } from '#schemas/values/iud'
import { idsOfDue, iuvOfDue, type Owed } from '#streams/payments/compose-due'

type Row = PaymentCurrent & { readonly id: string }

/**
 * The id of the payment that a due is already, under whatever id: by our key, by its own, or by its number at the
 * creditor. Undefined where it is none.
 */
export function knownDue(
  due: Due,
  owed: Pick<Owed, 'tenant_id' | 'connector'>,
  payments: Lookup<Row>,
): string | undefined {
  const ids = [...idsOfDue(due, owed), paymentIdOf(due.iud)]
  const known = ids.find((id) => id !== undefined && payments.get(id) !== undefined)
  if (known !== undefined) return known
  const iuv = iuvOfDue(due)
  if (iuv === null) return undefined
  return payments.where('payment_iuv', iuv).find((row) => row.tenant_id === owed.tenant_id)?.id
}
