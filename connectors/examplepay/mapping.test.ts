import { describe, expect, it } from 'vitest'
import { examplePayment, iudFor } from '#sandboxes/example-payment'
import { toDebtPosition, toNewPendency, toSettlement } from '#connectors/examplepay/mapping'
import { TransientError } from '#core/errors'
import type { Pendency } from '#connectors/examplepay/client'
import type { Payment } from '#schemas/generated/types'

const service = { due_type: 'CANONE' }
const refusalOf = (payment: Payment) => {
  try {
    return toNewPendency(payment, service)
  } catch (error) {
    return (error as { code?: string }).code
  }
}
const share = (code: string, amount: number | null) => ({ code, amount, meta: '{}' })

describe('a new pendency', () => {
  it('is the same text for the same payment, members in order', () => {
    expect(JSON.stringify(toNewPendency(examplePayment(), service))).toBe(
      `{"iud":"${iudFor(4250)}","due_type":"CANONE","reason":"Canone unico 2025","amount":"42.50",` +
        '"expire_at":"2025-06-08T09:15:00+02:00","payer":{"type":"human","name":"Luca Prova",' +
        '"tax_code":"PRVLCU85M15X000R"},"split":[]}',
    )
  })

  it('names the account that is credited, where one is configured', () => {
    const iban = 'IT60X0542811101000000123456'
    expect(toNewPendency(examplePayment(), { ...service, iban })).toMatchObject({ iban })
  })

  it.each([
    [5, '0.05'],
    [10, '0.10'],
    [30000, '300.00'],
    [123456, '1234.56'],
  ])('writes %s cents as %s', (amount, text) => {
    expect(toNewPendency(examplePayment({ amount }), service).amount).toBe(text)
  })

  it('prefers the due type of the payment', () => {
    expect(toNewPendency(examplePayment({ due_type: 'TARI' }), service).due_type).toBe('TARI')
  })

  it('mends what breaks printed notices, and cuts the reason between characters', () => {
    const reason = `L\u2019anno\n2024\u20132025 \u201Cuno\u201D ${'\u{1F600}'.repeat(200)}`
    const { reason: plain } = toNewPendency({ ...examplePayment(), reason }, service)
    expect(plain.startsWith(`L'anno 2024-2025 "uno" `)).toBe(true)
    expect([...plain]).toHaveLength(140)
    expect(plain.endsWith('\u{1F600}')).toBe(true)
  })

  it.each([[' \n'], ['\u0007'], [null]])('passes over a blank reason: %j', (reason) => {
    const payment = { ...examplePayment(), reason }
    expect(toNewPendency(payment, service).reason).toBe(`Pagamento ${iudFor(4250)}`)
  })

  it('keeps shares that add up to the amount', () => {
    const payment = examplePayment({ split: [share('c_1', 4000), share('c_2', 250)] })
    expect(toNewPendency(payment, service).split).toEqual([
      { code: 'c_1', amount: '40.00' },
      { code: 'c_2', amount: '2.50' },
    ])
  })

  it('gives the one unknown share what the others leave', () => {
    const payment = examplePayment({ split: [share('c_1', 4000), share('c_2', null)] })
    expect(toNewPendency(payment, service).split).toEqual([
      { code: 'c_1', amount: '40.00' },
      { code: 'c_2', amount: '2.50' },
    ])
  })

  it('reads shares that add up to 1.00 as weights, and loses no cent', () => {
    const split = [share('c_1', 33), share('c_2', 33), share('c_3', 34)]
    const { split: shares } = toNewPendency(examplePayment({ amount: 1001, split }), service)
    expect(shares.map(({ amount }) => amount)).toEqual(['3.30', '3.30', '3.41'])
  })

  it.each([
    ['amount-missing', examplePayment({ amount: null })],
    ['amount-missing', examplePayment({ amount: 0 })],
    ['stamp-unsupported', examplePayment({ type: 'STAMP' })],
    ['type-unsupported', examplePayment({ type: 'LOTTERY' })],
    ['document-unsupported', examplePayment({ document: { id: null, ref: null, hash: 'x' } })],
    ['currency-unsupported', examplePayment({ currency: 'CHF' })],
    ['debtor-unsupported', { ...examplePayment(), debtor: examplePayment().payer }],
    ['split-does-not-add-up', examplePayment({ split: [share('c_1', 4000)] })],
    ['split-does-not-add-up', examplePayment({ split: [share('c_1', null), share('c_2', null)] })],
    ['split-does-not-add-up', examplePayment({ split: [share('c_1', 4300), share('c_2', -50)] })],
    ['not-expressible', examplePayment({ iud: '../5f0c' })],
    ['not-expressible', examplePayment({ iud: iudFor(4250).toUpperCase() })],
    ['not-expressible', examplePayment({ amount: 999_999_999_999_9 })],
  ])('is refused as %s', (code, payment) => {
    expect(refusalOf(payment)).toBe(code)
  })

  it('names the member that cannot be expressed, never its value', () => {
    const payment = examplePayment()
    const nameless = { ...payment, payer: { ...payment.payer, name: '', family_name: null } }
    expect(() => toNewPendency(nameless, service)).toThrow(/^payer\.name: (?!.*PRVLCU)/)
  })
})

describe('a debt position', () => {
  const told = {
    state: 'UNPAID',
    amount: '42.50',
    notice_number: '301000000012345688',
    iuv: '01000000012345688',
  }
  const position = (changes: Partial<Pendency>) =>
    toDebtPosition({ ...told, ...changes } as Pendency, { amount: '42.50' })

  it('keeps the numbers as they were given, whatever their check digits', () => {
    expect(position({ notice_number: '301000000202012345', iuv: '01000000202012345' })).toEqual({
      notice_code: '301000000202012345',
      iuv: '01000000202012345',
    })
  })

  it.each([
    ['301000000012345688', '01000000012345688'],
    ['001000000012345685', '000000012345685'],
    ['901000000012345688', null],
  ])('finds the IUV within the notice number %s', (notice_number, iuv) => {
    expect(position({ notice_number, iuv: null })).toEqual({ notice_code: notice_number, iuv })
  })

  it.each(['UNPAID', 'PAID', 'EXPIRED', 'SOMETHING_NEW'])('is open where it is %s', (state) => {
    expect(position({ state }).notice_code).toBe(told.notice_number)
  })

  it('may be payable by its IUV alone', () => {
    expect(position({ notice_number: null })).toEqual({ notice_code: null, iuv: told.iuv })
  })

  it.each([
    ['REFUSED', 'debt-refused'],
    ['CANCELLED', 'debt-cancelled'],
  ])('is none where it is %s, numbers or not', (state, code) => {
    const rejected = expect.objectContaining({ name: 'RejectedError', code }) as Error
    expect(() => position({ state })).toThrow(rejected)
    expect(() => position({ state, notice_number: null, iuv: null })).toThrow(rejected)
  })

  it.each([
    ['has no number to pay by', { notice_number: null, iuv: null }],
    ['has another amount', { amount: '42.51' }],
    ['has another amount and is refused', { amount: '42.51', state: 'REFUSED' }],
  ])('is unknown where the answer %s', (_what, changes) => {
    expect(() => position(changes)).toThrow(TransientError)
  })
})

describe('a settlement', () => {
  const told = { transaction_id: 'EP-1', paid_at: '2025-03-11T10:00:00+01:00', amount: '42.50' }

  it('is settled by the word PAID', () => {
    expect(toSettlement({ state: 'PAID', ...told })).toEqual({
      state: 'settled',
      transaction_id: 'EP-1',
      paid_at: '2025-03-11T10:00:00+01:00',
      amount: 4250,
    })
  })

  it.each([
    ['REFUSED', 'refused'],
    ['EXPIRED', 'expired'],
    ['CANCELLED', 'cancelled'],
    ['UNPAID', 'pending'],
    ['paid', 'pending'],
    ['SOMETHING_NEW', 'pending'],
    ['', 'pending'],
  ])('reads %s as %s', (state, settlement) => {
    expect(toSettlement({ state, ...told })).toEqual({ state: settlement })
  })
})
