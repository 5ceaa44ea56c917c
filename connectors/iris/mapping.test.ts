import { describe, expect, it } from 'vitest'
import { exampleConfiguration } from '#connectors/iris/example-configuration'
import { iris } from '#connectors/iris/index'
import {
  exampleBeneficiary,
  exampleOnlinePayment,
  examplePayment,
  iudFor,
} from '#sandboxes/example-payment'
import { serviceOf, tenantOf } from '#connectors/iris/config'
import { toPendenza } from '#connectors/iris/mapping'
import { iuvFor } from '#schemas/values/iud-numbers'
import type { RejectedError } from '#core/errors'
import type { Pendenza } from '#connectors/iris/pendenza'
import type { Payment } from '#schemas/generated/types'

const at = 'http://127.0.0.1:9/'
const addresses = { positionsUrl: at, statusUrl: at, noticesUrl: at }
const composed = (payment: Payment, changes = {}) =>
  iris.composeOpening(payment, exampleConfiguration(addresses, changes))
const pendenzaOf = (payment = examplePayment(), changes = {}) =>
  JSON.parse(composed(payment, changes)) as Pendenza
const paymentOf = ({ Insert }: Pendenza) => Insert.InfoPagamento.DettaglioPagamento
const refusal = (payment: Payment, changes = {}) => {
  try {
    return composed(payment, changes)
  } catch (error) {
    return (error as RejectedError).code
  }
}

describe('a pendency', () => {
  it('is the payment, in the words of iris', () => {
    expect(pendenzaOf()).toEqual({
      attributes: { TipoPendenza: 'CANONE_UNICO' },
      IdPendenza: iudFor(4250),
      Mittente: { Id: 'BUGLIANO' },
      Destinatari: {
        Destinatario: {
          attributes: { Tipo: 'Cittadino' },
          Id: 'PRVLCU85M15X000R',
          Descrizione: 'Luca Prova',
        },
      },
      Insert: {
        DescrizioneCausale: 'Canone unico 2025',
        DataCreazione: '2025-03-10T09:15:02+01:00',
        DataEmissione: '2025-03-10T09:15:02+01:00',
        DataPrescrizione: '2035-03-10T09:15:02+01:00',
        AnnoRiferimento: '2025',
        Stato: 'Aperta',
        ImportoTotale: '42.50',
        Divisa: 'EUR',
        InfoPagamento: {
          attributes: { TipoPagamento: 'Pagamento Unico' },
          DettaglioPagamento: {
            IdPagamento: iuvFor(iudFor(4250), '99'),
            DataScadenza: '2025-06-08',
            DataInizioValidita: '2025-03-10',
            DataFineValidita: '2025-06-08',
            Stato: 'Non Pagato',
            Importo: '42.50',
            DettaglioImporto: {
              Voce: [
                {
                  attributes: { Tipo: 'ONERI' },
                  Codice: '000',
                  Descrizione: 'Canone unico 2025',
                  Importo: '42.50',
                },
              ],
            },
            CausalePagamento: 'Canone unico 2025',
          },
        },
      },
    })
  })

  it('is the same text each time, and the same at the payer’s click', () => {
    expect(composed(examplePayment())).toBe(composed(examplePayment()))
    const configuration = exampleConfiguration(addresses)
    const { expire_at } = examplePayment().payment
    const { addresses: _, ...owed } = exampleOnlinePayment(4250, { expire_at })
    const atClick = toPendenza(owed, serviceOf(configuration), tenantOf(configuration))
    expect(JSON.stringify(atClick)).toBe(composed(examplePayment()))
  })

  it.each([
    [5, '0.05'],
    [10, '0.10'],
    [30_000, '300.00'],
    [123_456, '1234.56'],
    [999_999_999_999, '9999999999.99'],
  ])('of %i cents is %s: two decimals and a point', (amount, importo) => {
    expect(paymentOf(pendenzaOf(examplePayment({ amount }))).Importo).toBe(importo)
  })

  it('is due on the day in Rome, and for ten years where there is no deadline', () => {
    const due = (expire_at: string | null) =>
      paymentOf(pendenzaOf(examplePayment({ expire_at }))).DataScadenza
    expect(due('2025-06-08T23:30:00Z')).toBe('2025-06-09')
    expect(due(null)).toBe('2035-03-10')
  })

  it('says its reason as a notice can print it, and never nothing', () => {
    const saying = (reason: string | null) =>
      pendenzaOf({ ...examplePayment(), reason }).Insert.DescrizioneCausale
    expect(saying('L\u2019anno\u0007 2025')).toBe("L'anno 2025")
    expect(saying('\u{1F600}'.repeat(200))).toBe('\u{1F600}'.repeat(140))
    for (const nothing of [null, ' ', '\u0000']) {
      expect(saying(nothing)).toBe(`Pagamento ${iudFor(4250)}`)
    }
  })

  it('tells the address of the payer in the version that has a place for it', () => {
    const payer = {
      ...examplePayment().payer,
      street_name: 'Via delle Prove',
      building_number: '12',
      postal_code: '00123',
      town_name: 'Bugliano',
      country_subdivision: 'pi',
      country: 'Italia',
      email: 'luca.prova@example.org',
    }
    const changes = { tenant: { version: '01.03-04' } }
    const { Destinatario } = pendenzaOf({ ...examplePayment(), payer }, changes).Destinatari
    // A country that is no country code is left out.
    expect(Destinatario.DatiDestinatario).toEqual({
      TipoSoggetto: 'F',
      Anagrafica: 'Luca Prova',
      EMail: 'luca.prova@example.org',
      Indirizzo: 'Via delle Prove',
      NumeroCivico: '12',
      Cap: '00123',
      Localita: 'Bugliano',
      Provincia: 'PI',
    })
  })

  it.each([
    ['stamp-unsupported', examplePayment({ type: 'STAMP' })],
    ['type-unsupported', examplePayment({ type: 'OTHER' })],
    ['receiver-unsupported', examplePayment({ receiver: exampleBeneficiary })],
    ['due-type-unsupported', examplePayment({ due_type: 'TARI' })],
    ['currency-unsupported', examplePayment({ currency: 'CHF' })],
    ['amount-missing', examplePayment({ amount: null })],
    ['amount-missing', examplePayment({ amount: 0 })],
    ['debtor-unsupported', { ...examplePayment(), debtor: examplePayment().payer }],
    ['not-expressible', withPayer({ tax_identification_number: 'PRV-85' })],
    ['not-expressible', withPayer({ name: ' ', family_name: null })],
  ])('is refused, %s', (code, payment) => {
    expect(refusal(payment)).toBe(code)
  })

  it('is of the service’s type, also where the payment says the same', () => {
    const { attributes } = pendenzaOf(examplePayment({ due_type: 'CANONE_UNICO' }))
    expect(attributes.TipoPendenza).toBe('CANONE_UNICO')
  })
})

function withPayer(changes: Partial<Payment['payer']>): Payment {
  return { ...examplePayment(), payer: { ...examplePayment().payer, ...changes } }
}
