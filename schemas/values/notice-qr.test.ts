import { describe, expect, it } from 'vitest'
import { noticeQrText } from '#schemas/values/notice-qr'

const notice_code = '301000000012345688'
const creditor_tax_code = '01234567890'
const textOf = (amount: number) => noticeQrText({ notice_code, creditor_tax_code, amount })

describe('the QR code of a notice', () => {
  it.each([
    [4250, '4250'],
    [1, '01'],
    [5, '05'],
    [10, '10'],
    [99, '99'],
    [100, '100'],
    [30_000, '30000'],
    [123_456, '123456'],
    [9_999_999_999, '9999999999'],
  ])('tells %i cents as %s', (amount, cents) => {
    expect(textOf(amount)).toBe(`PAGOPA|002|301000000012345688|01234567890|${cents}`)
  })

  it('fits version 4 of level M, 62 bytes, and not version 3, 42', () => {
    for (let amount = 1; amount < 1e10; amount = Math.ceil(amount * 1.07)) {
      expect(textOf(amount)).toMatch(/^PAGOPA\|002\|\d{18}\|\d{11}\|\d{2,10}$/)
      expect(textOf(amount).length).toBeGreaterThan(42)
      expect(textOf(amount).length).toBeLessThanOrEqual(62)
    }
  })

  it('tells a notice code as it came, whatever its check digits', () => {
    const code = '302999999999999999'
    expect(noticeQrText({ notice_code: code, creditor_tax_code, amount: 1 })).toContain(`|${code}|`)
  })

  it.each([
    [0, '/amount: is not above zero'],
    [-1, '/amount: is not above zero'],
    [10_000_000_000, '/amount: has more than 10 digits'],
    [42.5, 'is not a whole number of cents'],
    [Number.NaN, 'is not a whole number of cents'],
  ])('tells no %d cents', (amount, reason) => {
    expect(() => textOf(amount)).toThrow(reason)
  })

  it.each(['PRVLCU85M15X000R', '0123456789', '012345678901', '', '0123456789|'])(
    'tells no creditor %j',
    (tax_code) => {
      const text = () => noticeQrText({ notice_code, creditor_tax_code: tax_code, amount: 1 })
      expect(text).toThrow('/creditor_tax_code: is not 11 digits')
    },
  )

  it('tells nothing that is no notice code', () => {
    const text = () => noticeQrText({ notice_code: '3010', creditor_tax_code, amount: 1 })
    expect(text).toThrow('is not 18 digits')
  })
})
