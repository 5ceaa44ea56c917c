import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleStamp } from '#connectors/mypay/example-payment'
import { iudFor } from '#sandboxes/example-payment'
import { startExampleRun } from '#connectors/mypay/example-run'
import { iuvFor } from '#schemas/values/iud-numbers'
import { magicCents } from '#connectors/mypay/sandbox-magic'
import type { ExampleRun } from '#connectors/mypay/example-run'

let run: ExampleRun
beforeEach(async () => {
  run = await startExampleRun()
})
afterEach(() => run.stop())

const submit = (url: string) => fetch(url, { method: 'POST', redirect: 'manual' })

describe('the pay page', () => {
  it('takes the money once and sends the payer back, who proves nothing', async () => {
    await run.open(4250)
    const url = await run.urlFor(4250)
    const page = await (await fetch(url)).text()
    expect(page).toContain('SANDBOX')
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('€ 42.50')
    expect(page).toContain('Go back and pay later</a>')
    for (let click = 1; click <= 2; click += 1) {
      const answer = await submit(url)
      const back = new URL(answer.headers.get('location') ?? '')
      expect([answer.status, back.pathname, back.searchParams.get('a')]).toEqual([
        303,
        '/landing/1',
        '1',
      ])
      expect(back.searchParams.get('esito')).toBe('OK')
    }
    const closed = await (await fetch(url)).text()
    expect(closed).toContain('nothing to pay here')
    expect(closed).toContain('Go back</a>')
    await run.notified(1)
    expect(run.settlements()).toMatchObject([{ iud: iudFor(4250), settlement: { amount: 4250 } }])
    expect(run.sandbox().counters(iudFor(4250)).settlements).toBe(1)
  })

  it('lets the payer leave: the session is over, the due is not', async () => {
    await run.open(4250)
    const answer = await run.client().verificaAvviso(iuvFor(iudFor(4250), '99'))
    const { url, idSession } = answer.faultCode === null ? answer.told : { url: '', idSession: '' }
    const ofSession = () => run.client().chiediPagati(idSession)
    expect(await ofSession()).toEqual({ faultCode: 'PAA_PAGAMENTO_NON_INIZIATO' })
    await fetch(url)
    expect(await ofSession()).toEqual({ faultCode: 'PAA_PAGAMENTO_IN_CORSO' })
    await submit(`${url}/cancel`)
    expect(await ofSession()).toEqual({ faultCode: 'PAA_PAGAMENTO_ANNULLATO' })
    expect(await run.connected().findSettlement(iudFor(4250))).toEqual({ state: 'pending' })
  })

  it('is over where there is no such session', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(`${run.sandbox().url}/pay/none`, { method })
      expect(answer.status).toBe(410)
      expect(await answer.text()).toContain('SANDBOX')
    }
    expect(await run.client().chiediPagati('none')).toEqual({
      faultCode: 'PAA_ID_SESSION_NON_VALIDO',
    })
  })
})

describe('dues that are sent to be paid at once', () => {
  it('are none until they are paid, a stamp like any other', async () => {
    const dues = exampleStamp
    const answer = await run.client().inviaDovuti(dues, 'http://127.0.0.1:9/back')
    const { url, idSession } = answer.faultCode === null ? answer.told : { url: '', idSession: '' }
    expect(run.sandbox().counters()).toMatchObject({ debt_positions: 0, creation_requests: 1 })
    // A repeat opens a second session.
    expect(await run.client().inviaDovuti(dues)).toMatchObject({ faultCode: null })
    const back = await submit(url)
    expect(back.headers.get('location')).toContain('esito=OK')
    expect(run.sandbox().counters()).toMatchObject({ debt_positions: 1, settlements: 1 })
    const paid = await run.client().chiediPagati(idSession)
    expect(paid).toMatchObject({
      told: { pagati: { datiPagamento: { codiceEsitoPagamento: '0' } } },
    })
    expect(await run.client().inviaDovuti(dues)).toEqual({ faultCode: 'PAA_IUD_DUPLICATO' })
  })

  it('are refused with a stamp that is none', async () => {
    const { soggettoPagatore, datiVersamento } = exampleStamp
    const [due] = datiVersamento.datiSingoloVersamento
    const datiMarcaBolloDigitale = { ...due!.datiMarcaBolloDigitale!, hashDocumento: 'MGYwZg==' }
    const faultCode = 'PAA_MARCA_BOLLO_DIGITALE_NON_VALIDA'
    for (const wrong of [
      { ...due!, datiMarcaBolloDigitale },
      { ...due!, datiMarcaBolloDigitale: undefined },
      { ...due!, identificativoTipoDovuto: 'CANONE' },
    ]) {
      const dues = {
        soggettoPagatore,
        datiVersamento: { ...datiVersamento, datiSingoloVersamento: [wrong] },
      }
      expect(await run.client().inviaDovuti(dues)).toEqual({ faultCode })
    }
  })
})

describe('the sandbox notifies', () => {
  it('until it is heard, by 2xx and no fault', async () => {
    await run.stop()
    run = await startExampleRun(3)
    await run.open(4250)
    await run.payNow(4250)
    await run.notified(1)
    expect(run.receiver.notifications).toHaveLength(4)
  })

  it('.33 twice the same', async () => {
    await run.open(4233)
    await run.payNow(4233)
    await run.notified(2)
    expect(new Set(run.transactions()).size).toBe(1)
    expect(run.sandbox().counters().settlements).toBe(1)
  })

  it('.34 two payments of one due', async () => {
    await run.open(4234)
    await run.payNow(4234)
    await run.notified(2)
    expect(new Set(run.transactions()).size).toBe(2)
    expect(run.sandbox().counters().settlements).toBe(2)
  })

  it('.77 and .88 a payment nobody made', async () => {
    await run.open(4277)
    await run.notified(1)
    await run.open(4288)
    expect(await run.connected().findSettlement(iudFor(4288))).toEqual({ state: 'expired' })
    await run.notified(2)
    expect(run.settlements().map(({ iud }) => iud)).toEqual([iudFor(4277), iudFor(4288)])
  })
})

describe('programs', () => {
  it('pay a due once, however often they ask', async () => {
    await run.open(4250)
    const first: unknown = await (await run.payNow(4250)).json()
    expect(await (await run.payNow(4250)).json()).toEqual(first)
    await run.notified(1)
    expect(run.sandbox().counters().settlements).toBe(1)
    expect((await run.payNow(1)).status).toBe(404)
  })

  it('read the counters over HTTP, and find no description there', async () => {
    await run.open(4250)
    for (const path of ['/counters', `/counters/${iudFor(4250)}`]) {
      expect(await (await fetch(run.sandbox().url + path)).json()).toEqual({
        debt_positions: 1,
        creation_requests: 1,
        settlements: 0,
        notifications: 0,
      })
    }
    expect((await fetch(`${run.sandbox().endpoint}?wsdl`)).status).toBe(404)
  })

  it('find each magic amount on the first page and in the README', async () => {
    const page = await (await fetch(run.sandbox().url)).text()
    const readme = readFileSync('connectors/mypay/README.md', 'utf8').replace(/ +/g, ' ')
    expect(page).toContain('SANDBOX')
    for (const [cents, scene] of Object.entries(magicCents)) {
      expect(page).toContain(`<tr><th scope="row">.${cents}</th><td>${scene}</td></tr>`)
      expect(readme).toContain(`| \`.${cents}\` | ${scene} |`)
    }
  })
})
