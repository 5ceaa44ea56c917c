import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { examplePayer, exampleStamp } from '#connectors/govpay/example-owed'
import { exampleBeneficiary, examplePayment, iudFor } from '#sandboxes/example-payment'
import { toNuovaPendenza } from '#connectors/govpay/mapping'
import type { GovpayService } from '#connectors/govpay/config'
import type { Payment, PaymentDetails } from '#schemas/generated/types'

const domain = { domain_id: '01234567890' }
const iban = 'IT60X0542811101000000123456'
const byCode: GovpayService = { due_type: 'CANONE', revenue_code: 'C1', split_as: 'quotas' }
const byAccount: GovpayService = { due_type: 'CANONE', iban, split_as: 'quotas' }
const itemsOf = (payment: Payment, service = byCode) =>
  toNuovaPendenza(payment, domain, service).voci
const refusalOf = (payment: Payment, service = byCode) => {
  try {
    return itemsOf(payment, service)
  } catch (error) {
    return (error as { code?: string }).code
  }
}
const share = (code: string, amount: number | null, meta: object = {}) => ({
  code,
  amount,
  meta: JSON.stringify(meta),
})

describe('the account an item is for', () => {
  it('is that of the revenue code', () => {
    expect(itemsOf(examplePayment())[0]).toMatchObject({ codEntrata: 'C1' })
  })

  it.each([
    ['9/0101100IM/', 'ALTRO', '0101100IM/'],
    ['0/0101002IM/', 'CAPITOLO', '0101002IM/'],
    ['1/0101002IM/x', 'SPECIALE', '0101002IM/x'],
    ['2/12129/TS', 'SIOPE', '12129/TS'],
  ])('is named with the taxonomy %s', (pagopa_category, tipoContabilita, codiceContabilita) => {
    const [item] = itemsOf(examplePayment({ pagopa_category }), byAccount)
    expect(item).toMatchObject({ ibanAccredito: iban, tipoContabilita, codiceContabilita })
    expect(item).not.toHaveProperty('codEntrata')
  })

  it.each([null, '7/0101002IM/', '9/', 'TARI'])('needs one that GovPay has: not %j', (category) => {
    const payment = examplePayment({ pagopa_category: category })
    expect(refusalOf(payment, byAccount)).toBe('category-unsupported')
  })

  it('must be told', () => {
    const neither: GovpayService = { due_type: 'CANONE', split_as: 'quotas' }
    expect(refusalOf(examplePayment(), neither)).toBe('bad-configuration')
  })
})

describe('an item whose money is for another body', () => {
  const pagopa_category = '9/0101100IM/'

  it('names it and its account', () => {
    const receiver = { ...exampleBeneficiary, iban }
    expect(itemsOf(examplePayment({ receiver, pagopa_category }))[0]).toMatchObject({
      idDominio: '01234567897',
      ibanAccredito: iban,
    })
  })

  it('never goes to the account of the body', () => {
    const receiver = exampleBeneficiary
    const payment = examplePayment({ receiver, pagopa_category })
    expect(refusalOf(payment, byAccount)).toBe('bad-configuration')
    const [item] = itemsOf(payment)
    expect(item).toMatchObject({ idDominio: '01234567897', codEntrata: 'C1' })
    expect(item).not.toHaveProperty('ibanAccredito')
  })

  it('is refused where GovPay cannot know it', () => {
    const receiver = { ...exampleBeneficiary, tax_identification_number: 'PRVLCU85M15X000R' }
    expect(refusalOf(examplePayment({ receiver }))).toBe('not-expressible')
  })
})

describe('shares', () => {
  it('are quotas of one item, with what the budget knows them by', () => {
    const split = [
      share('c_1', 4000, { split_budget_chapter: '0101', split_assessment: '22' }),
      share('c_2', null, { codAccertamento: '23', other: 1 }),
    ]
    const items = itemsOf(examplePayment({ split }))
    expect(items).toHaveLength(1)
    expect(JSON.parse(JSON.stringify(items[0]?.contabilita))).toEqual({
      quote: [
        { capitolo: '0101', annoEsercizio: 2025, importo: '40.00', accertamento: '22' },
        { capitolo: 'c_2', annoEsercizio: 2025, importo: '2.50', accertamento: '23' },
      ],
    })
  })

  it('are items of their own where the service says so', () => {
    const split = [share('C_1', 4000), share('C_2', 250)]
    const items = itemsOf(examplePayment({ split }), { ...byCode, split_as: 'items' })
    expect(items).toMatchObject([
      { idVocePendenza: `${iudFor(4250)}_1`, importo: '40.00', codEntrata: 'C_1' },
      { idVocePendenza: `${iudFor(4250)}_2`, importo: '2.50', codEntrata: 'C_2' },
    ])
    expect(Math.max(...items.map(({ idVocePendenza }) => idVocePendenza.length))).toBe(34)
  })

  it('that add up to 1.00 are weights, and no cent is lost', () => {
    const split = [share('C_1', 33), share('C_2', 33), share('C_3', 34)]
    const items = itemsOf(examplePayment({ amount: 1001, split }), { ...byCode, split_as: 'items' })
    expect(items.map(({ importo }) => importo)).toEqual(['3.30', '3.30', '3.41'])
  })

  it('are five items at most, and any number of quotas', () => {
    const split = Array.from({ length: 6 }, (_each, i) => share(`C_${i}`, 100))
    const payment = examplePayment({ amount: 600, split })
    expect(refusalOf(payment, { ...byCode, split_as: 'items' })).toBe('split-too-long')
    expect(itemsOf(payment)[0]?.contabilita?.quote).toHaveLength(6)
  })

  it.each([
    ['split-does-not-add-up', [share('c_1', 4000)]],
    ['split-does-not-add-up', [share('c_1', null), share('c_2', null)]],
    ['not-expressible', [share('c'.repeat(65), 4250)]],
  ])('are refused as %s', (code, split) => {
    expect(refusalOf(examplePayment({ split }))).toBe(code)
  })
})

describe('a stamp', () => {
  const digest = createHash('sha256').update('a document').digest()
  const withHash = (hash: string) => exampleStamp('', { document: { id: null, ref: null, hash } })

  it.each([
    ['hex', `sha256:${digest.toString('hex')}`],
    ['hex alone, in upper case', digest.toString('hex').toUpperCase()],
    ['base64', `SHA-256:${digest.toString('base64')}`],
  ])('is for the SHA-256 of its document in base64, given in %s', (_how, hash) => {
    const [item] = itemsOf(withHash(hash))
    expect(item).toMatchObject({
      importo: '16.00',
      tipoBollo: '01',
      hashDocumento: digest.toString('base64'),
      provinciaResidenza: 'PI',
    })
    expect(item?.hashDocumento).toHaveLength(44)
    expect(item).not.toHaveProperty('codEntrata')
  })

  const elsewhere = (country_subdivision: string | null): Payment => ({
    ...exampleStamp(),
    payer: { ...examplePayer, country_subdivision },
  })
  const stampWith = (details: Partial<PaymentDetails>) => exampleStamp(undefined, details)
  it.each([
    ['stamp-amount', stampWith({ amount: 3200 })],
    ['stamp-province', elsewhere(null)],
    ['stamp-province', elsewhere('Pisa')],
    ['stamp-split', stampWith({ split: [share('c_1', 1600)] })],
    ['stamp-receiver', stampWith({ receiver: exampleBeneficiary })],
    ['stamp-document', stampWith({ document: null })],
    ['stamp-document', withHash('md5:d41d8cd98f00b204e9800998ecf8427e')],
    ['stamp-document', withHash('not a digest')],
  ])('is refused as %s', (code, payment) => {
    expect(refusalOf(payment)).toBe(code)
  })
})
