import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { versamentoDocument } from '#connectors/mypay/documents'
import { examplePayment } from '#connectors/mypay/example-payment'
import { exampleBody } from '#connectors/mypay/example-configuration'
import { iudFor } from '#sandboxes/example-payment'
import { startExampleRun } from '#connectors/mypay/example-run'
import { toVersamento } from '#connectors/mypay/mapping'
import { personOf } from '#connectors/mypay/mapping-payer'
import { iuvFor } from '#schemas/values/iud-numbers'
import { base64Of } from '#soap/xml-writing'
import type { Versamento } from '#connectors/mypay/documents'
import type { ExampleRun } from '#connectors/mypay/example-run'

let run: ExampleRun
beforeAll(async () => {
  run = await startExampleRun()
})
afterAll(() => run.stop())

const due = (cents: number, changes: Partial<Versamento['datiVersamento']> = {}): Versamento => {
  const payment = examplePayment({ amount: cents })
  const made = toVersamento(payment, { due_type: 'CANONE' }, { segregation_code: '99' })
  return { ...made, datiVersamento: { ...made.datiVersamento, ...changes } }
}

/** A request written by hand, as another client would. */
const message = (
  members: string,
  header = `<h:intestazionePPT><codIpaEnte>C_BUG</codIpaEnte></h:intestazionePPT>`,
) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns:p="http://www.regione.veneto.it/pagamenti/ente/"
    xmlns:h="http://www.regione.veneto.it/pagamenti/ente/ppthead">
    <s:Header>${header}</s:Header><s:Body><p:paaSILImportaDovuto>
    <password>${exampleBody.password}</password>${members}</p:paaSILImportaDovuto></s:Body></s:Envelope>`
const send = async (text: string | Buffer<ArrayBuffer>, type = 'text/xml; charset=utf-8') => {
  const headers = { 'content-type': type }
  const answer = await fetch(run.sandbox().endpoint, { method: 'POST', headers, body: text })
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: await answer.text(),
  }
}
const dovuto = (versamento: Versamento) => `<dovuto>${versamentoDocument(versamento, 'I')}</dovuto>`

describe('the SOAP endpoint', () => {
  it('knows what is asked by what stands in the body, without any SOAPAction', async () => {
    const { status, type, text } = await send(message(dovuto(due(1_000))))
    expect([status, type]).toEqual([200, 'text/xml; charset=utf-8'])
    expect(text).toContain('<esito>OK</esito>')
  })

  it('makes a number and says where the notice is where it is asked to', async () => {
    const numberless = versamentoDocument(due(1_100), 'I')
    const document = Buffer.from(numberless, 'base64')
      .toString('utf8')
      .replace(/<identificativoUnivocoVersamento>.*<\/identificativoUnivocoVersamento>/, '')
    const asking = `<dovuto>${base64Of(document)}</dovuto><flagGeneraIuv>true</flagGeneraIuv>`
    const { text } = await send(message(asking))
    const [, iuv] = /<identificativoUnivocoVersamento>(\d+)</.exec(text) ?? []
    expect(iuv).toMatch(/^9900\d{13}$/)
    const [, url = ''] = /<urlFileAvviso>(.*)<\/urlFileAvviso>/.exec(text) ?? []
    expect((await fetch(url)).headers.get('content-type')).toContain('application/pdf')
  })

  it.each([
    ['a document that is not as described', '<dovuto>eA==</dovuto>', 'PAA_XML_NON_VALIDO'],
    [
      'a number of another body',
      dovuto(due(1_200, { identificativoUnivocoVersamento: '01010000000000042' })),
      'PAA_IUV_NON_VALIDO',
    ],
    [
      'a number MyPay gives itself',
      dovuto(due(1_200, { identificativoUnivocoVersamento: '99000000000000042' })),
      'PAA_IUV_NON_VALIDO',
    ],
    [
      'an iud that begins with 000',
      dovuto(due(1_200, { identificativoUnivocoDovuto: '000a' })),
      'PAA_IUD_NON_VALIDO',
    ],
    [
      'nothing owed',
      dovuto(due(1_200, { importoSingoloVersamento: '0.00' })),
      'PAA_IMPORTO_SINGOLO_VERSAMENTO_NON_VALIDO',
    ],
    [
      'shares that do not add up',
      dovuto(
        due(1_200, {
          bilancio: { capitolo: [{ codCapitolo: 'c', accertamento: [{ importo: '1.00' }] }] },
        }),
      ),
      'PAA_IMPORTO_BILANCIO_NON_VALIDO',
    ],
    [
      'another letter',
      `<dovuto>${versamentoDocument(due(1_200), 'Z' as 'I')}</dovuto>`,
      'PAA_AZIONE_NON_VALIDO',
    ],
  ])('refuses %s with HTTP 200', async (_what, members, faultCode) => {
    const { status, text } = await send(message(members))
    expect(status).toBe(200)
    expect(text).toContain(`<faultCode>${faultCode}</faultCode>`)
    expect(text.indexOf('<fault>')).toBeLessThan(text.indexOf('<esito>KO</esito>'))
  })

  it.each([
    ['members out of order', message(`<flagGeneraIuv>false</flagGeneraIuv>${dovuto(due(1_300))}`)],
    ['members in a namespace', message('<p:dovuto>eA==</p:dovuto>')],
    ['a header that is none', message(dovuto(due(1_300)), '<h:intestazionePPT/>')],
    ['an operation nobody knows', message('').replaceAll('ImportaDovuto', 'Boh')],
    ['a document type', `<!DOCTYPE a>${message(dovuto(due(1_300)))}`],
    ['no XML', 'hello'],
    ['another character set', Buffer.from(message('è'), 'latin1')],
  ])('answers %s with a SOAP fault', async (_what, text) => {
    const answer = await send(text)
    expect(answer.status).toBe(500)
    expect(answer.text).toContain('<s:Fault>')
  })

  it('wants its character set declared', async () => {
    expect((await send(message(dovuto(due(1_300))), 'text/xml')).status).toBe(500)
  })

  it('answers whoever is not the body with a fault', async () => {
    const other = message(dovuto(due(1_300))).replace('C_BUG', 'C_ALTRO')
    expect((await send(other)).text).toContain('<faultCode>PAA_ENTE_NON_VALIDO</faultCode>')
  })
})

describe('a due at the sandbox', () => {
  it('can be withdrawn until it is paid', async () => {
    await run.open(2_000)
    await run.client().importaDovuto(due(2_000), 'A')
    expect(await run.connected().findSettlement(iudFor(2_000))).toEqual({ state: 'cancelled' })
    expect((await run.payNow(2_000)).status).toBe(404)
    await run.open(2_100)
    await run.payNow(2_100)
    expect(await run.client().importaDovuto(due(2_100), 'A')).toEqual({
      faultCode: 'PAA_SYSTEM_ERROR',
    })
  })

  it('is found by its number, and in what its payer paid', async () => {
    await run.open(2_200)
    const key = { identificativoUnivocoVersamento: iuvFor(iudFor(2_200), '99') }
    expect(await run.client().chiediPagatiConRicevuta(key)).toEqual({
      faultCode: 'PAA_PAGAMENTO_NON_INIZIATO',
    })
    await run.payNow(2_200)
    const history = await run
      .client()
      .chiediStoricoPagamenti(personOf('prvlcu85m15x000r'), new Date(0))
    const told = history.faultCode === null ? history.told : []
    const paid = told.map(({ pagati }) => pagati.datiPagamento.identificativoUnivocoVersamento)
    expect(paid).toContain(key.identificativoUnivocoVersamento)
    const nobodys = await run
      .client()
      .chiediStoricoPagamenti(personOf('VRDGPP70A01F205X'), new Date(0))
    expect(nobodys).toEqual({ faultCode: null, told: [] })
  })
})
