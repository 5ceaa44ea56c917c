import { describe, expect, it } from 'vitest'
import { dovutiDocument, versamentoDocument } from '#connectors/mypay/documents'
import { examplePayment, exampleStamp } from '#connectors/mypay/example-payment'
import { toVersamento } from '#connectors/mypay/mapping'
import { readEmbedded } from '#connectors/mypay/sandbox-requests'
import { textAt } from '#soap/xml'
import type { Versamento } from '#connectors/mypay/documents'
import type { Payment } from '#schemas/generated/types'

const share = (code: string, amount: number) => ({ code, amount, meta: '{"codUfficio":"12"}' })
const versamento = (payment: Payment) =>
  toVersamento(payment, { due_type: 'CANONE_UNICO' }, { segregation_code: '99' })
/** The document; throws where it is not as its schema says. */
const embedded = (carried: string) => {
  const document = readEmbedded(carried)
  if (document) return document
  throw new Error('the document is not as its schema says')
}
const written = (payment: Payment) => embedded(versamentoDocument(versamento(payment), 'I'))

describe('the document of a due', () => {
  it('is as its schema says, with all that a payment can hold', () => {
    const split = [share('c_1', 4000), share('c_2', 250)]
    const document = written(examplePayment({ split }))
    expect(document.name).toBe('Versamento')
    expect(textAt(document, 'azione')).toBe('I')
    expect(textAt(document, 'datiVersamento', 'importoSingoloVersamento')).toBe('42.50')
  })

  it('is as its schema says, with as little as a payment can hold', () => {
    const nothing = { street_name: null, building_number: null, postal_code: null, town_name: null }
    const payer = { ...examplePayment().payer, ...nothing, country_subdivision: null, email: null }
    const bare = { ...examplePayment({ expire_at: null }), payer: { ...payer, country: null } }
    expect(written(bare).children.map(({ name }) => name)).toEqual([
      'versioneOggetto',
      'soggettoPagatore',
      'datiVersamento',
      'azione',
    ])
  })

  it.each(['</causaleVersamento>', '<![CDATA[ ]]></a><a/><![CDATA[ ]]>', 'A & B < C', 'è "uno"'])(
    'says the reason %j as text, never as markup',
    (reason) => {
      const document = written({ ...examplePayment(), reason })
      expect(textAt(document, 'datiVersamento', 'causaleVersamento')).toBe(reason)
    },
  )

  it('is written in the order of the schema, however the request came back', () => {
    const { soggettoPagatore, datiVersamento } = versamento(examplePayment())
    const turned = Object.fromEntries(Object.entries(datiVersamento).reverse())
    const shuffled = { datiVersamento: turned, soggettoPagatore } as unknown as Versamento
    expect(versamentoDocument(shuffled, 'I')).toBe(
      versamentoDocument({ soggettoPagatore, datiVersamento }, 'I'),
    )
  })
})

describe('the document of a stamp', () => {
  it('is as its schema says', () => {
    const document = embedded(dovutiDocument(exampleStamp))
    const path = ['datiVersamento', 'datiSingoloVersamento', 'datiMarcaBolloDigitale', 'tipoBollo']
    expect(document.name).toBe('Dovuti')
    expect(textAt(document, ...path)).toBe('01')
  })
})
