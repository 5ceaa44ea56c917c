import { describe, expect, it } from 'vitest'
import { documentNamespace } from '#connectors/mypay/documents'
import { readDovuti } from '#connectors/mypay/open-documents'
import { toDues } from '#connectors/mypay/open-dues'
import { base64Of } from '#soap/xml-writing'
import { XmlError } from '#soap/xml'

const tax_code = 'PRVLCU85M15X000R'
const wanted = { tenant: { ipa_code: 'C_BUG' }, service: { due_type: 'TARI' }, tax_code }

interface Told {
  readonly payer?: string
  readonly iuv?: string
  readonly items?: string
}
interface Item {
  readonly iud?: string
  readonly amount?: string
  readonly type?: string
  readonly more?: string
}

const item = ({ iud = 'TARI-1', amount = '42.50', type = 'TARI', more = '' }: Item = {}) =>
  `<datiSingoloVersamento><identificativoUnivocoDovuto>${iud}</identificativoUnivocoDovuto>` +
  `<importoSingoloVersamento>${amount}</importoSingoloVersamento>` +
  `<identificativoTipoDovuto>${type}</identificativoTipoDovuto>` +
  `<causaleVersamento>Tari 2026</causaleVersamento>${more}</datiSingoloVersamento>`
const document = ({ payer = tax_code, iuv = '01000000012345688', items = item() }: Told = {}) =>
  `<Dovuti xmlns="${documentNamespace}"><soggettoPagatore><identificativoUnivocoPagatore>` +
  '<tipoIdentificativoUnivoco>F</tipoIdentificativoUnivoco>' +
  `<codiceIdentificativoUnivoco>${payer}</codiceIdentificativoUnivoco>` +
  '</identificativoUnivocoPagatore></soggettoPagatore><datiVersamento>' +
  `<identificativoUnivocoVersamento>${iuv}</identificativoUnivocoVersamento>${items}` +
  '</datiVersamento></Dovuti>'
const read = (text: string) => readDovuti(base64Of(text))
const duesOf = (told: Told = {}, codIpaEnte = 'C_BUG') =>
  toDues([{ codIpaEnte, dovuti: read(document(told)) }], wanted)

describe('a due in a list', () => {
  it('is known by its key and its number', () => {
    expect(duesOf()).toEqual([
      {
        iud: 'TARI-1',
        notice_code: '301000000012345688',
        iuv: '01000000012345688',
        amount: 4250,
        currency: 'EUR',
        reason: 'Tari 2026',
        created_at: null,
        expire_at: null,
      },
    ])
  })

  it('has no notice code under a number of 15 digits, as nobody tells what stands before', () => {
    expect(duesOf({ iuv: '000000012345685' })).toMatchObject([
      { iuv: '000000012345685', notice_code: null },
    ])
  })

  it('may have no number yet', () => {
    expect(duesOf({ iuv: '' })).toMatchObject([{ iuv: null, notice_code: null }])
  })

  it('may be for several chapters', () => {
    const chapter = '<capitolo><accertamento/><accertamento/></capitolo>'
    const more = `<bilancio>${chapter}${chapter}</bilancio>`
    expect(duesOf({ items: item({ more }) })).toHaveLength(1)
  })

  it('is taken whoever spells the tax code how', () => {
    expect(duesOf({ payer: tax_code.toLowerCase() })).toHaveLength(1)
  })

  it.each([
    ['of another body', {}, 'C_ALTRO'],
    ['of somebody else', { payer: 'SMPNDA80A41H501X' }],
    ['of another type', { items: item({ type: 'IMU' }) }],
    ['of no type', { items: item({ type: '' }) }],
    ['of nothing', { items: item({ amount: '0.00' }) }],
    ['paid together with another', { items: item() + item({ iud: 'TARI-2' }) }],
    ['under no key', { items: item({ iud: '' }) }],
    ['under a key with a space', { items: item({ iud: 'TARI 1' }) }],
    ['under a key that MyPay refuses', { items: item({ iud: '0001' }) }],
    ['under the notice code of another', { items: item({ iud: '301000000012345699' }) }],
  ])('is left out: %s', (_what, told: Told, codIpaEnte?: string) => {
    expect(duesOf(told, codIpaEnte)).toEqual([])
  })

  it('is taken under its own notice code', () => {
    expect(duesOf({ items: item({ iud: '301000000012345688' }) })).toHaveLength(1)
  })
})

describe('a document of open dues', () => {
  it.each([
    ['another document', document().replaceAll('Dovuti', 'Pagati')],
    ['without a due', document({ items: '' })],
    ['with an amount in commas', document({ items: item({ amount: '42,50' }) })],
    [
      'with two numbers',
      document({ iuv: '1</identificativoUnivocoVersamento><identificativoUnivocoVersamento>2' }),
    ],
  ])('is refused: %s', (_what, text) => {
    expect(() => read(text)).toThrow(XmlError)
  })
})
