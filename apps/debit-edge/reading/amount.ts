import { numeralAt, required, textAt } from '#apps/debit-edge/reading/members'
import type { Body } from '#apps/debit-edge/reading/read-body'
import { refusal } from '#apps/debit-edge/reading/refusal'
import { decimalsOf } from '#schemas/values/currency'
import type { InvalidValueError } from '#schemas/values/invalid-value'
import { balanceMax, parseMinorUnits } from '#schemas/values/minor-units'

const invalidAmount = (name: string, why: string) =>
  refusal(422, {
    code: '13',
    reason: 'invalid-amount',
    detail: `${name} ${why}`,
    pointer: `/${name}`,
  })

/** The minor units of a decimal text. Problem 422, code 13, which says why. */
function minorUnitsOf(name: string, text: string, currency: string, max?: number): number {
  try {
    return parseMinorUnits(text, currency, max)
  } catch (error) {
    throw invalidAmount(name, (error as InvalidValueError).reason)
  }
}

/** An amount somebody asks for, in minor units: above zero. */
export function amountOf(name: string, text: string, currency: string): number {
  const amount = minorUnitsOf(name, text, currency)
  if (amount === 0) throw invalidAmount(name, 'is zero')
  return amount
}

/** What lies on an account at its beginning, in minor units; none where it is not said. */
export function balanceOf(name: string, text: string | undefined, currency: string): number {
  return text === undefined ? 0 : minorUnitsOf(name, text, currency, balanceMax)
}

/** The three letters of a currency. Problem 422, code 12, where they are those of none. */
export function currencyAt(body: Body): string {
  const currency = required('currency', textAt(body, 'currency'))
  if (decimalsOf(currency) !== undefined) return currency
  throw refusal(422, {
    code: '12',
    reason: 'unknown-currency',
    detail: 'currency is no code of ISO 4217, such as BRL',
    pointer: '/currency',
  })
}

/** The members `amount` and `currency`. */
export function sumAt(body: Body): { readonly amount: number; readonly currency: string } {
  const currency = currencyAt(body)
  const { text } = required('amount', numeralAt(body, 'amount'))
  return { amount: amountOf('amount', text, currency), currency }
}
