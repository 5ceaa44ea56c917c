import { describe, expect, it } from 'vitest'
import { exampleConfiguration } from '#connectors/iris/example-configuration'
import { iris } from '#connectors/iris/index'
import { examplePayment } from '#sandboxes/example-payment'
import type { Pendenza } from '#connectors/iris/pendenza'
import type { PaymentSplit } from '#schemas/generated/types'

const at = 'http://127.0.0.1:9/'
const addresses = { positionsUrl: at, statusUrl: at, noticesUrl: at }
const items = (split: readonly object[], asked: readonly PaymentSplit[] = []) => {
  const configuration = exampleConfiguration(addresses, { service: { split } })
  const payment = examplePayment({ amount: 4_251, split: [...asked] })
  const pendenza = JSON.parse(iris.composeOpening(payment, configuration)) as Pendenza
  return pendenza.Insert.InfoPagamento.DettaglioPagamento.DettaglioImporto.Voce
}
const share = (code: string, amount: number | null): PaymentSplit => ({ code, amount, meta: '{}' })
const service = [
  { split_id: 'c_1', split_budget_chapter: '101', split_assessment: '7', split_amount: 40 },
  { split_id: 'c_2' },
]

describe('the items of a pendency', () => {
  it('are the service’s shares of the budget, and add up', () => {
    expect(items(service)).toEqual([
      {
        attributes: { Tipo: 'ONERI' },
        Codice: 'c_1',
        Descrizione: 'Canone unico 2025',
        Importo: '40.00',
        CapitoloBilancio: '101',
        Accertamento: '7',
      },
      {
        attributes: { Tipo: 'ONERI' },
        Codice: 'c_2',
        Descrizione: 'Canone unico 2025',
        Importo: '2.51',
      },
    ])
  })

  it('may be weights', () => {
    const weights = [0.5, 0.25, 0.25].map((split_amount, i) => ({
      split_id: `c_${i}`,
      split_amount,
    }))
    expect(items(weights).map(({ Importo }) => Importo)).toEqual(['21.25', '10.63', '10.63'])
  })

  it('are those of the payment only where these are the service’s', () => {
    const asked = [share('c_1', 4_000), share('c_2', 251)]
    expect(items(service, asked)).toEqual(items(service))
    expect(items(service, [share('c_1', 4_000), share('c_2', null)])).toEqual(items(service))
  })

  it.each([
    ['another code', [share('c_1', 4_000), share('c_3', 251)]],
    ['other sums', [share('c_1', 4_001), share('c_2', 250)]],
    ['one more', [share('c_1', 4_000), share('c_2', 250), share('c_3', 1)]],
  ])('are refused, where the payment has %s: a click would change them', (_what, asked) => {
    expect(() => items(service, asked)).toThrow('the shares are not those of the digital service')
    expect(() => items([], asked)).toThrow('the shares are not those of the digital service')
  })

  it.each([
    ['of the service', () => items([{ split_id: 'c_1', split_amount: 41 }])],
    ['of the payment', () => items(service, [share('c_1', 1), share('c_2', 2)])],
  ])('are refused, where those %s do not add up', (_whose, make) => {
    expect(make).toThrow('the split adds up neither to the amount nor to 1.00')
  })
})
