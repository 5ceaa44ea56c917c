import { describe, expect, it } from 'vitest'
import { documentNamespace } from '#connectors/mypay/documents'
import { documentText } from '#connectors/mypay/document-reading'
import { readPagati } from '#connectors/mypay/paid-documents'
import { XmlError } from '#soap/xml'
import { base64Of } from '#soap/xml-writing'

const item = (iud: string) =>
  `<p:datiSingoloPagamento><p:identificativoUnivocoDovuto>${iud}</p:identificativoUnivocoDovuto>` +
  '<p:singoloImportoPagato>42.50</p:singoloImportoPagato>' +
  '<p:dataEsitoSingoloPagamento>2025-03-11+01:00</p:dataEsitoSingoloPagamento>' +
  '<p:identificativoUnivocoRiscossione>MP-1</p:identificativoUnivocoRiscossione>' +
  '</p:datiSingoloPagamento>'

const document = (items: string, root = 'Pagati', namespace = documentNamespace) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<p:${root} xmlns:p="${namespace}">` +
  '<p:dominio><p:identificativoDominio>01234567897</p:identificativoDominio></p:dominio>' +
  '<p:datiPagamento><p:codiceEsitoPagamento>0</p:codiceEsitoPagamento>' +
  '<p:identificativoUnivocoVersamento>99010000000000042</p:identificativoUnivocoVersamento>' +
  `${items}</p:datiPagamento></p:${root}>`

describe('a document of paid dues', () => {
  it.each(['Pagati', 'PagatiConRicevuta'])('is read: %s', (root) => {
    const { dominio, datiPagamento } = readPagati(base64Of(document(item('a') + item('b'), root)))
    expect(dominio.identificativoDominio).toBe('01234567897')
    expect(datiPagamento.codiceEsitoPagamento).toBe('0')
    const ids = datiPagamento.datiSingoloPagamento.map((one) => one.identificativoUnivocoDovuto)
    expect(ids).toEqual(['a', 'b'])
  })

  it('is the same, encoded once or twice, in lines or not', () => {
    const once = base64Of(document(item('a')))
    const inLines = base64Of(once).replace(/.{76}/g, '$&\r\n')
    expect(readPagati(base64Of(once))).toEqual(readPagati(once))
    expect(readPagati(inLines)).toEqual(readPagati(once))
  })

  it('may tell of no single due', () => {
    expect(readPagati(base64Of(document(''))).datiPagamento.datiSingoloPagamento).toEqual([])
  })

  const wrongAmount = item('a').replace('42.50', '42,50')
  it.each([
    ['encoded three times', base64Of(base64Of(base64Of(document(''))))],
    ['no base64', 'Pagati?'],
    ['nothing', ''],
    ['a page', base64Of('<!doctype html><title>Login</title>')],
    ['another document', base64Of(document('', 'Dovuti'))],
    ['of another namespace', base64Of(document('', 'Pagati', 'urn:x'))],
    ['with an amount in commas', base64Of(document(wrongAmount))],
    ['with a day that is none', base64Of(document(item('a').replace('03-11', '02-31')))],
    ['with two outcomes', base64Of(document('<p:codiceEsitoPagamento>1</p:codiceEsitoPagamento>'))],
    ['with six dues', base64Of(document(item('a').repeat(6)))],
    ['with a document type', base64Of(`<!DOCTYPE p>${document('')}`)],
    ['in another character set', Buffer.from(document('<!-- è -->'), 'latin1').toString('base64')],
    ['cut short', base64Of(document('').slice(0, -9))],
  ])('is refused: %s', (_what, carried) => {
    expect(() => readPagati(carried)).toThrow(XmlError)
  })

  it('is refused without a word of what it says', () => {
    const personal = item('PRVLCU85M15X000R').replace('42.50', 'Luca')
    const reading = () => readPagati(base64Of(document(personal)))
    expect(reading).toThrow(/^is no document of paid dues, see datiPagamento/)
    expect(reading).not.toThrow(/PRVLCU|Luca/)
  })
})

it('a receipt is encoded once', () => {
  expect(documentText(base64Of('<receipt/>'))).toBe('<receipt/>')
})
