import {
  examplePayment as samplePayment,
  exampleOnlinePayment as sampleOnlinePayment,
  iudFor,
} from '#sandboxes/example-payment'
import { iuvFor } from '#schemas/values/iud-numbers'
import type { Dovuti } from '#connectors/mypay/documents'
import type { OnlinePayment } from '#ports/intermediary'
import type { Payer, Payment, PaymentDetails } from '#schemas/generated/types'

/** Somebody who owes; fictional. */
export const examplePayer: Payer = {
  type: 'human',
  tax_identification_number: 'PRVLCU85M15X000R',
  name: 'Luca',
  family_name: 'Prova',
  street_name: 'Via delle Prove',
  building_number: '12',
  postal_code: '00000',
  town_name: 'Bugliano',
  country_subdivision: 'PI',
  country: 'IT',
  email: 'luca.prova@example.org',
}

/** The example payment as MyPay can take it: with an address, and with what is collected. */
export const examplePayment = (details: Partial<PaymentDetails> = {}): Payment => ({
  ...samplePayment({
    expire_at: '2025-06-08T23:30:00Z',
    pagopa_category: '9/0101002IM/',
    ...details,
  }),
  payer: examplePayer,
})

/** The example payment of so many cents at the click of its payer: its number is the one it was opened under. */
export const exampleOnlinePayment = (
  cents: number,
  changes: Partial<OnlinePayment> = {},
): OnlinePayment =>
  sampleOnlinePayment(cents, {
    iuv: iuvFor(iudFor(cents), '99'),
    payer: examplePayer,
    ...changes,
  })

/** A payment of a digital stamp: for one document, by somebody who lives in a province. */
export const exampleStampPayment = (details: Partial<PaymentDetails> = {}): Payment => ({
  ...examplePayment({
    type: 'STAMP',
    amount: 1_600,
    pagopa_category: '9/12129TS/',
    document: { id: null, ref: null, hash: `sha256:${'0f'.repeat(32)}` },
    ...details,
  }),
  reason: 'Marca da bollo digitale',
})

/** A digital stamp, to be paid at once; fictional. */
export const exampleStamp: Dovuti = {
  soggettoPagatore: {
    identificativoUnivocoPagatore: {
      tipoIdentificativoUnivoco: 'F',
      codiceIdentificativoUnivoco: examplePayer.tax_identification_number,
    },
    anagraficaPagatore: 'Luca Prova',
  },
  datiVersamento: {
    tipoVersamento: 'ALL',
    datiSingoloVersamento: [
      {
        identificativoUnivocoDovuto: '5f0c7a52000000000000000000001600',
        importoSingoloVersamento: '16.00',
        identificativoTipoDovuto: 'MARCA_BOLLO_DIGITALE',
        causaleVersamento: 'Marca da bollo digitale',
        datiSpecificiRiscossione: '9/12129TS/',
        datiMarcaBolloDigitale: {
          tipoBollo: '01',
          hashDocumento: Buffer.from('0f'.repeat(32), 'hex').toString('base64'),
          provinciaResidenza: 'PI',
        },
      },
    ],
  },
}
