import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mypayClient } from '#connectors/mypay/client'
import { tenantOf } from '#connectors/mypay/config'
import { exampleBody, exampleConfiguration } from '#connectors/mypay/example-configuration'
import { examplePayment, exampleStamp } from '#connectors/mypay/example-payment'
import { answerText, faultMember } from '#connectors/mypay/example-answers'
import { startExampleServer } from '#soap/example-server'
import { toVersamento } from '#connectors/mypay/mapping'
import { personOf } from '#connectors/mypay/mapping-payer'
import { askingOf, messageCheck } from '#connectors/mypay/sandbox-requests'
import { readRequest } from '#soap/endpoint'
import { textAt } from '#soap/xml'
import { base64Of } from '#soap/xml-writing'
import { TransientError } from '#core/errors'
import type { ExampleServer } from '#soap/example-server'

let server: ExampleServer
beforeAll(async () => {
  server = await startExampleServer()
})
afterAll(() => server.stop())

const client = () => mypayClient(tenantOf(exampleConfiguration(server.url)))
const due = toVersamento(examplePayment(), { due_type: 'CANONE' }, { segregation_code: '99' })
const person = personOf('PRVLCU85M15X000R')
/** What was asked last, as a server made from the description reads it. */
const lastRequest = () =>
  readRequest(
    'text/xml; charset=utf-8',
    Buffer.from(server.bodies.at(-1) ?? '', 'utf8'),
    messageCheck,
  )

type Client = ReturnType<typeof mypayClient>
const calls: [string, (client: Client) => Promise<unknown>][] = [
  ['paaSILImportaDovuto', ({ importaDovuto }) => importaDovuto(due, 'I')],
  [
    'paaSILInviaDovuti',
    ({ inviaDovuti }) => inviaDovuti(exampleStamp, 'http://127.0.0.1:9/?a=1&b=2'),
  ],
  ['paaSILVerificaAvviso', ({ verificaAvviso }) => verificaAvviso('99010000000000042')],
  ['paaSILChiediPagati', ({ chiediPagati }) => chiediPagati('a-session')],
  [
    'paaSILChiediPagatiConRicevuta',
    ({ chiediPagatiConRicevuta: ask }) => ask({ identificativoUnivocoDovuto: 'a' }),
  ],
  ['paaSILChiediPosizioniAperte', ({ chiediPosizioniAperte: ask }) => ask(person)],
  ['paaSILChiediStoricoPagamenti', ({ chiediStoricoPagamenti: ask }) => ask(person, new Date(0))],
]

const brokenDeeds: [string, string][] = [
  ['nothing', ''],
  ['a no without a fault', '<esito>KO</esito>'],
  ['a word that is neither', '<esito>FORSE</esito><idSession>1</idSession>'],
]
const history = '<paaSILStoricoPagamenti><ctPagatiConRicevuta>eA==</ctPagatiConRicevuta>'
const open =
  '<paaSILPosizioniAperte><codIpaEnte>C_BUG</codIpaEnte><deNomeEnte>Bugliano</deNomeEnte>' +
  '<dovuti>eA==</dovuti></paaSILPosizioniAperte>'
const brokenTales: [string, string][] = [
  ['a document that is none', `<pagati>eA==</pagati>${open}${history}</paaSILStoricoPagamenti>`],
]

describe.each(calls)('%s', (operation, call) => {
  it('is asked as described: names, namespaces, order, and who asks', async () => {
    server.answerText(answerText(operation, faultMember('PAA_SYSTEM_ERROR')))
    await call(client())
    const request = lastRequest()
    expect(request.body.name).toBe(operation)
    expect(askingOf(request)).toEqual({
      ipaCode: exampleBody.ipa_code,
      password: exampleBody.password,
    })
  })

  it('is answered with a fault by its code, its text left behind', async () => {
    server.answerText(answerText(operation, `${faultMember('PAA_BOH')}<esito>KO</esito>`))
    expect(await call(client())).toEqual({ faultCode: 'PAA_BOH' })
  })

  it.each([
    ['a fault without a code', '<fault><faultString>no code</faultString></fault>'],
    ['a fault that is OK', `${faultMember('PAA_BOH')}<esito>OK</esito>`],
    ...(operation.startsWith('paaSILChiedi') ? brokenTales : brokenDeeds),
  ])('is not answered by %s', async (_what, members) => {
    server.answerText(answerText(operation, members))
    await expect(call(client())).rejects.toThrow(TransientError)
  })
})

describe('the client', () => {
  it('says a return address as it is, markup in it or not', async () => {
    server.answerText(answerText('paaSILInviaDovuti', faultMember('PAA_BOH')))
    await client().inviaDovuti(exampleStamp, 'http://127.0.0.1:9/?a=1&b=<2>')
    const told = textAt(lastRequest().body, 'enteSILInviaRispostaPagamentoUrl')
    expect(told).toBe('http://127.0.0.1:9/?a=1&b=<2>')
  })

  it('sends no payer to a page that is none', async () => {
    const members = '<esito>OK</esito><idSession>1</idSession><redirect>1</redirect>'
    for (const url of ['', '<url></url>', '<url>javascript:alert(1)</url>']) {
      server.answerText(answerText('paaSILVerificaAvviso', members + url))
      await expect(client().verificaAvviso('9')).rejects.toThrow(TransientError)
    }
  })

  it('passes over a receipt that cannot be read', async () => {
    const pagati = base64Of(base64Of(pagatiText))
    const members = `<pagati>${pagati}</pagati><rt>${base64Of('no XML')}</rt>`
    server.answerText(answerText('paaSILChiediPagatiConRicevuta', members))
    const answer = await client().chiediPagatiConRicevuta({ idSession: '1' })
    expect(answer).toMatchObject({ faultCode: null, told: { receipt: undefined } })
  })

  it('takes a long list at once: MyPay has no pages of it', async () => {
    const position = open.replace('eA==', base64Of(openText))
    server.answerText(answerText('paaSILChiediPosizioniAperte', position.repeat(1_000)))
    const answer = await client().chiediPosizioniAperte(person)
    expect(answer.faultCode === null && answer.told).toHaveLength(1_000)
  })

  it('takes no page to pay at that is none', async () => {
    const position = open
      .replace('eA==', base64Of(openText))
      .replace('<dovuti>', '<urlPagamento>javascript:alert(1)</urlPagamento><dovuti>')
    server.answerText(answerText('paaSILChiediPosizioniAperte', position))
    const answer = await client().chiediPosizioniAperte(person)
    expect(answer).toMatchObject({ told: [{ urlPagamento: undefined }] })
  })

  it('asks several things at once, each for itself', async () => {
    server.answer((request, response) => {
      const operation = String(request.headers.soapaction).replaceAll('"', '')
      const text = answerText(operation, faultMember(`PAA_${operation.toUpperCase()}`))
      response.writeHead(200, { 'content-type': 'text/xml' }).end(text)
    })
    const one = client()
    const answers = await Promise.all(calls.map(([, call]) => call(one)))
    expect(answers).toEqual(
      calls.map(([operation]) => ({ faultCode: `PAA_${operation.toUpperCase()}` })),
    )
  })
})

const pagatiText =
  '<Pagati xmlns="http://www.regione.veneto.it/schemas/2012/Pagamenti/Ente/"><dominio>' +
  '<identificativoDominio>01234567897</identificativoDominio></dominio><datiPagamento>' +
  '<codiceEsitoPagamento>1</codiceEsitoPagamento><identificativoUnivocoVersamento>99' +
  '</identificativoUnivocoVersamento></datiPagamento></Pagati>'

const openText =
  '<Dovuti xmlns="http://www.regione.veneto.it/schemas/2012/Pagamenti/Ente/"><soggettoPagatore>' +
  '<identificativoUnivocoPagatore><codiceIdentificativoUnivoco>PRVLCU85M15X000R' +
  '</codiceIdentificativoUnivoco></identificativoUnivocoPagatore></soggettoPagatore>' +
  '<datiVersamento><datiSingoloVersamento><identificativoUnivocoDovuto>TARI-1' +
  '</identificativoUnivocoDovuto><importoSingoloVersamento>1.00</importoSingoloVersamento>' +
  '</datiSingoloVersamento></datiVersamento></Dovuti>'
