import { describe, expect, it } from 'vitest'
import { noticePdf, qrText } from '#connectors/govpay/sandbox-documents'
import type { Debt } from '#connectors/govpay/sandbox-register'

const debtOf = (amount: number): Debt => ({
  idPendenza: '5f0c7a522a0d4c559a3e0d6f6e1b7c11',
  pendenza: {
    idTipoPendenza: 'CANONE',
    idDominio: '01234567890',
    causale: 'Canone unico, è dovuto',
    soggettoPagatore: {
      tipo: 'F',
      identificativo: 'PRVLCU85M15X000R',
      anagrafica: 'Luca Prova',
    },
    importo: amount / 100,
    voci: [{ idVocePendenza: '1', importo: amount / 100, descrizione: 'Canone', codEntrata: 'C' }],
  },
  amount,
  numeroAvviso: '301000000012345688',
  iuv: '01000000012345688',
  created_at: '2025-03-10T09:15:02+01:00',
  isCancelled: false,
  receipts: [],
  owed: [],
})

describe('the QR code of a notice', () => {
  it.each([
    [4250, '4250'],
    [5, '05'],
    [50, '50'],
    [100, '100'],
  ])('says %s cents as %s', (amount, cents) => {
    expect(qrText(debtOf(amount))).toBe(`PAGOPA|002|301000000012345688|01234567890|${cents}`)
  })
})

it('a notice is the same bytes a second later', { timeout: 20_000 }, async () => {
  const first = await noticePdf(debtOf(4250))
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  expect((await noticePdf(debtOf(4250))).equals(first)).toBe(true)
})
