import { checkCents } from '#schemas/values/cents'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { parseNoticeCode } from '#schemas/values/notice-code'

/** What the QR code of a pagoPA notice tells. */
export interface NoticeQr {
  readonly notice_code: string
  /** Of the public body the sum is owed to, 11 digits. */
  readonly creditor_tax_code: string
  /** In cents. */
  readonly amount: number
}

const elevenDigits = /^\d{11}$/
const amountMax = 9_999_999_999

/**
 * The text of that QR code, for the apps and counters that read it. It is 44 to 52 ASCII characters long, so that the
 * smallest QR code of level M that holds it is the one pagoPA asks for, version 4. Throws InvalidValueError: a tax code
 * of a person, an amount that is not above zero or has more than ten digits.
 */
export function noticeQrText({ notice_code, creditor_tax_code, amount }: NoticeQr): string {
  if (!elevenDigits.test(creditor_tax_code)) {
    throw new InvalidValueError('is not 11 digits', '/creditor_tax_code')
  }
  if (checkCents(amount) <= 0) throw new InvalidValueError('is not above zero', '/amount')
  if (amount > amountMax) throw new InvalidValueError('has more than 10 digits', '/amount')
  const cents = String(amount).padStart(2, '0')
  return ['PAGOPA', '002', parseNoticeCode(notice_code), creditor_tax_code, cents].join('|')
}
