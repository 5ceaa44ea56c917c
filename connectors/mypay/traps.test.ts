import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerText, faultMember } from '#connectors/mypay/example-answers'
import { exampleConfiguration, exampleCreditor } from '#connectors/mypay/example-configuration'
import { exampleOnlinePayment, examplePayment } from '#connectors/mypay/example-payment'
import { startExampleRun } from '#connectors/mypay/example-run'
import { mypay } from '#connectors/mypay/index'
import { documentNamespace } from '#connectors/mypay/documents'
import { toDueId } from '#connectors/mypay/due-id'
import { TransientError } from '#core/errors'
import { exampleAddresses, iudFor } from '#sandboxes/example-payment'
import { soapFault } from '#soap/envelope'
import { startExampleServer } from '#soap/example-server'
import { base64Of } from '#soap/xml-writing'
import type { ExampleRun } from '#connectors/mypay/example-run'
import type { ExampleServer } from '#soap/example-server'

// What is known to go wrong with MyPay, and with whoever speaks SOAP, one test each.
let server: ExampleServer
let run: ExampleRun
beforeAll(async () => {
  server = await startExampleServer()
  run = await startExampleRun()
})
afterAll(() => Promise.all([server.stop(), run.stop()]))

const iud = iudFor(4250)
const configuration = () => exampleConfiguration(server.url, { timeout_ms: 5_000 })
const connected = () => mypay.connect(configuration())
const requestOf = (details = {}) => mypay.composeOpening(examplePayment(details), configuration())
const sent = () => server.bodies.at(-1) ?? ''
const asked = 'paaSILChiediPagatiConRicevuta'
const item = (dueId: string, amount = '42.50') =>
  `<datiSingoloPagamento><identificativoUnivocoDovuto>${dueId}</identificativoUnivocoDovuto>` +
  `<singoloImportoPagato>${amount}</singoloImportoPagato>` +
  '<dataEsitoSingoloPagamento>2025-03-11</dataEsitoSingoloPagamento>' +
  '<identificativoUnivocoRiscossione>MP-1</identificativoUnivocoRiscossione>' +
  '</datiSingoloPagamento>'
const pagati = (code: string, items: string, creditor = exampleCreditor) =>
  `<PagatiConRicevuta xmlns="${documentNamespace}">` +
  `<dominio><identificativoDominio>${creditor}</identificativoDominio></dominio>` +
  `<datiPagamento><codiceEsitoPagamento>${code}</codiceEsitoPagamento>` +
  '<identificativoUnivocoVersamento>99010000000000042</identificativoUnivocoVersamento>' +
  `${items}</datiPagamento></PagatiConRicevuta>`
const twice = (text: string) => `<pagati>${base64Of(base64Of(text))}</pagati>`
const told = (text: string) => {
  server.answerText(answerText(asked, twice(text)))
  return connected().findSettlement(iud)
}

describe('an answer that is hostile or broken says nothing of the money', () => {
  const good = answerText(asked, twice(pagati('0', item(iud))))
  const laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
  const cases: [string, string | Buffer, string?][] = [
    ['SOAP that is cut short', good.slice(0, -30)],
    ['SOAP whose elements cross', good.replace('</s:Body></s:Envelope>', '</s:Envelope></s:Body>')],
    ['SOAP in no envelope', pagati('0', item(iud))],
    ['a billion laughs', good.replace('?>', `?>${laughs}`)],
    ['50 MB', good.replace('<pagati>', `<pagati>${' '.repeat(50_000_000)}`)],
    [
      'another character set',
      Buffer.from(good.replace('<pagati>', '<!-- è --><pagati>'), 'latin1'),
    ],
    ['another character set, by its own word', good, 'text/xml; charset=iso-8859-15'],
    ['a page', '<!doctype html><title>Login</title>', 'text/html'],
    ['a SOAP fault', soapFault('trouble')],
    ['the answer to another question', answerText('paaSILChiediPagati', twice(pagati('0', '')))],
  ]

  it('which is money as it is', async () => {
    server.answerText(good)
    expect(await connected().findSettlement(iud)).toMatchObject({ state: 'settled', amount: 4250 })
  })

  it.each(cases)('%s', async (_what, text, type = 'text/xml; charset=utf-8') => {
    server.answerText(text, 200, { 'content-type': type })
    await expect(connected().findSettlement(iud)).rejects.toThrow(TransientError)
  })
})

describe('a trap of MyPay', () => {
  it('4: the answer to a creation is lost, and the repeat makes no second due', async () => {
    await expect(run.open(9004)).rejects.toThrow(TransientError)
    expect((await run.open(9004)).notice_code).toMatch(/^3\d{17}$/)
    expect(run.sandbox().counters(iudFor(9004)).debt_positions).toBe(1)
  })

  it.each([
    [5, '0.05'],
    [10, '0.10'],
    [30_000, '300.00'],
    [123_456, '1234.56'],
  ])('6: %s cents are %s, and come back as they went', async (amount, text) => {
    expect(requestOf({ amount })).toContain(`"importoSingoloVersamento":"${text}"`)
    const dueId = iudFor(amount)
    server.answerText(answerText(asked, twice(pagati('0', item(dueId, text)))))
    expect(await connected().findSettlement(dueId)).toMatchObject({ amount })
  })

  it('6: an amount with a comma, or of one decimal, is none', async () => {
    for (const amount of ['42,50', '42.5', '4250', '1e3']) {
      await expect(told(pagati('0', item(iud, amount)))).rejects.toThrow(TransientError)
    }
  })

  it('7: what is not ASCII goes as UTF-8, its quotes made straight', async () => {
    const payment = { ...examplePayment(), reason: 'L\u2019età \u201Cperò\u201D' }
    server.answerText(answerText('paaSILImportaDovuto', '<esito>OK</esito>'))
    const request = mypay.composeOpening(payment, configuration())
    await connected().openDebtPosition(request, exampleAddresses)
    const [, dovuto = ''] = /<dovuto>([^<]+)<\/dovuto>/.exec(sent()) ?? []
    expect(Buffer.from(dovuto, 'base64').toString('utf8')).toContain('L&#39;età &#34;però&#34;<')
  })

  it('8: each click opens another page', async () => {
    await run.open(9008)
    expect(await run.urlFor(9008)).not.toBe(await run.urlFor(9008))
  })

  it('10: the description is ours, and is never asked for', async () => {
    expect((await fetch(`${run.sandbox().endpoint}?wsdl`)).status).toBe(404)
    const before = server.bodies.length
    server.answerText(answerText(asked, faultMember('PAA_PAGAMENTO_IN_CORSO')))
    await connected().findSettlement(iud)
    expect(server.bodies.length).toBe(before + 1)
  })

  it.each(['1', '2', '3', '4', '5', 'ESEGUITO'])(
    '12: an answer without a fault is no success yet: code %s',
    async (code) => {
      expect(await told(pagati(code, item(iud)))).toEqual({ state: 'pending' })
    },
  )

  it('12: what was paid is another due', async () => {
    expect(await told(pagati('0', item(iudFor(1))))).toEqual({ state: 'pending' })
  })

  it('14: an iud that begins with 000 goes with a letter before it, and comes back as ours', async () => {
    const refused = `000${iud.slice(3)}`
    expect(requestOf({ iud: refused })).toContain(`"identificativoUnivocoDovuto":"P${refused}"`)
    server.answerText(answerText(asked, twice(pagati('0', item(toDueId(refused))))))
    expect(await connected().findSettlement(refused)).toMatchObject({ state: 'settled' })
    expect(sent()).toContain(`>P${refused}<`)
  })

  it.each([
    ['PAA_IUV_NON_VALIDO', 'RejectedError'],
    ['PAA_SYSTEM_ERROR', 'TransientError'],
    ['PAA_QUALCOSA_DI_NUOVO', 'TransientError'],
  ])('15: a fault comes with HTTP 200: %s is %s', async (faultCode, name) => {
    server.answerText(answerText('paaSILVerificaAvviso', faultMember(faultCode)))
    const beginning = connected().beginOnlinePayment(exampleOnlinePayment(4250))
    await expect(beginning).rejects.toMatchObject({ name })
    await expect(beginning).rejects.not.toThrow('PRVLCU')
  })

  it('18: a repeat sends the same, whatever the clock says', () => {
    expect(requestOf()).toBe(requestOf())
  })

  it.each([1, 2])('20: a document is read that is in base64 %i times', async (times) => {
    const once = base64Of(pagati('0', item(iud)))
    const carried = times === 1 ? once : base64Of(once)
    server.answerText(answerText(asked, `<pagati>${carried}</pagati>`))
    expect(await connected().findSettlement(iud)).toMatchObject({ state: 'settled' })
  })

  it('20: a notice comes in a ZIP', async () => {
    await run.open(9020)
    const pdf = await run.connected().fetchNotice?.(exampleOnlinePayment(9020))
    expect(Buffer.from(pdf?.subarray(0, 5) ?? []).toString('latin1')).toBe('%PDF-')
  })
})
