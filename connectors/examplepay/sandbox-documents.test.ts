import { describe, expect, it } from 'vitest'
import { noticePdf, qrText } from '#connectors/examplepay/sandbox-documents'
import type { Debt } from '#connectors/examplepay/sandbox-register'

const debtOf = (amount: string): Debt => ({
  request: {
    iud: '5f0c7a522a0d4c559a3e0d6f6e1b7c11',
    due_type: 'CANONE',
    reason: 'Canone unico, è dovuto',
    amount,
    expire_at: null,
    payer: { type: 'human', name: 'Luca Prova', tax_code: 'PRVLCU85M15X000R' },
    split: [],
  },
  addresses: { landing_url: 'http://127.0.0.1:9/', notify_url: 'http://127.0.0.1:9/' },
  notice_number: '301000000012345688',
  iuv: '01000000012345688',
  created_at: '2025-03-10T09:15:02+01:00',
  receipts: [],
  owed: [],
})

describe('the QR code of a notice', () => {
  it.each([
    ['42.50', '4250'],
    ['0.05', '05'],
    ['0.50', '50'],
    ['1.00', '100'],
    ['1234567890.12', '123456789012'],
  ])('says %s as %s cents', (amount, cents) => {
    expect(qrText(debtOf(amount))).toBe(`PAGOPA|002|301000000012345688|01234567897|${cents}`)
  })
})

it('a notice is the same bytes a second later', { timeout: 20_000 }, async () => {
  const first = await noticePdf(debtOf('42.50'))
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  expect((await noticePdf(debtOf('42.50'))).equals(first)).toBe(true)
})
