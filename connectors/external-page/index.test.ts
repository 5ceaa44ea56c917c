import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  exampleConfiguration,
  exampleSecret,
} from '#connectors/external-page/example-configuration'
import {
  exampleAddresses,
  exampleOnlinePayment,
  examplePayment,
  iudFor,
} from '#sandboxes/example-payment'
import { externalPage } from '#connectors/external-page/index'
import { startExternalPageSandbox } from '#connectors/external-page/sandbox'
import { signatureOf } from '#connectors/external-page/signature'
import { TransientError } from '#core/errors'
import type { ExternalPageSandbox } from '#connectors/external-page/sandbox'

let sandbox: ExternalPageSandbox
beforeAll(async () => {
  sandbox = await startExternalPageSandbox({ signing_secret: exampleSecret })
})
afterAll(() => sandbox.stop())

const configuration = () => exampleConfiguration(sandbox)
const begin = async (cents: number) =>
  (await externalPage.connect(configuration()).beginOnlinePayment(exampleOnlinePayment(cents))).url

/** The page, where a member of one of its forms is another. */
const connectedWith = (forms: { tenant?: object; service?: object }) => {
  const { tenant, service } = configuration()
  return externalPage.connect({
    tenant: { ...(tenant as object), ...forms.tenant },
    service: { ...(service as object), ...forms.service },
  })
}

describe('an external page is nothing to open', () => {
  it('so that a debt position is there at once, without a number and without the network', async () => {
    const away = exampleConfiguration({ pageUrl: sandbox.pageUrl.replace(/:\d+/, ':9') })
    const request = externalPage.composeOpening(examplePayment(), away)
    const { openDebtPosition, findDebtPosition } = externalPage.connect(away)
    const unnumbered = { notice_code: null, iuv: null }
    expect(await openDebtPosition(request, exampleAddresses)).toEqual(unnumbered)
    expect(await findDebtPosition(request)).toEqual(unnumbered)
  })

  it('and the request is the same text each time, without addresses and secrets', () => {
    const compose = () => externalPage.composeOpening(examplePayment(), configuration())
    expect(compose()).toBe(compose())
    expect(compose()).not.toContain('127.0.0.1')
    expect(compose()).not.toContain(exampleSecret)
  })
})

describe('a payer is sent to the page', () => {
  it('by an address of the payment alone, signed', async () => {
    const { signature, time, nonce, ...read } = Object.fromEntries(
      new URL(await begin(4250)).searchParams,
    )
    expect(read).toEqual({
      iud: iudFor(4250),
      amount: '42.50',
      currency: 'EUR',
      description: 'Canone unico',
      ...exampleAddresses,
    })
    const signed = Object.entries({ ...read, time: time!, nonce: nonce! })
    expect(signature).toBe(signatureOf(signed, 'pay', exampleSecret))
    expect(Math.abs(Date.now() / 1_000 - Number(time))).toBeLessThan(5)
  })

  it('by another at each click', async () => {
    expect(await begin(4250)).not.toBe(await begin(4250))
  })

  it('with nothing in it that says who pays, or why', async () => {
    const { payer, reason } = examplePayment()
    const url = decodeURIComponent(await begin(4250))
    for (const personal of [payer.tax_identification_number, payer.name, payer.family_name]) {
      expect(url).not.toContain(personal)
    }
    expect(url).not.toContain(reason)
    expect(url).not.toContain(exampleSecret)
  })

  it('of the digital service, where that has one', async () => {
    const page_url = sandbox.pageUrl.replace('/pay?', '/other/pay?')
    const { beginOnlinePayment } = connectedWith({ service: { page_url } })
    const { url } = await beginOnlinePayment(exampleOnlinePayment(4250))
    expect(new URL(url).pathname).toBe('/other/pay')
  })

  it('which takes the address', async () => {
    const answer = await fetch(await begin(4250))
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('€ 42.50')
  })
})

describe('an external page finds a settlement', { timeout: 15_000 }, () => {
  const find = (cents: number, timeout_ms = 5_000) =>
    externalPage.connect(exampleConfiguration(sandbox, timeout_ms)).findSettlement(iudFor(cents))
  const payNow = (cents: number) =>
    fetch(`${sandbox.url}/pay-now/${iudFor(cents)}`, { method: 'POST' })

  it('pending until the page is opened and paid at, then settled', async () => {
    expect(await find(4300)).toEqual({ state: 'pending' })
    await fetch(await begin(4300))
    expect(await find(4300)).toEqual({ state: 'pending' })
    await payNow(4300)
    expect(await find(4300)).toMatchObject({
      state: 'settled',
      amount: 4300,
      transaction_id: expect.stringMatching(/^XP-/) as unknown,
    })
  })

  it.each([
    { cents: 4305, scene: 'HTML comes with 200', failures: 2 },
    { cents: 4308, scene: 'it is slower than we wait', failures: 1, timeout_ms: 150 },
    { cents: 4309, scene: 'nothing is answered', failures: 1, timeout_ms: 150 },
    { cents: 4319, scene: 'it is down', failures: 3 },
    { cents: 4329, scene: 'it is asked too often', failures: 1 },
  ])('later, when $scene (.$cents)', async ({ cents, failures, timeout_ms }) => {
    await fetch(await begin(cents))
    for (let attempt = 1; attempt <= failures; attempt += 1) {
      await expect(find(cents, timeout_ms)).rejects.toThrow(TransientError)
    }
    expect(await find(cents)).toEqual({ state: 'pending' })
    expect(sandbox.counters(iudFor(cents)).status_requests).toBe(failures + 1)
  })

  it('of the sum that is told, not of the one asked for', async () => {
    await fetch(await begin(4345))
    await payNow(4345)
    expect(await find(4345)).toMatchObject({ state: 'settled', amount: 4346 })
  })

  it('in no other currency', async () => {
    await fetch(await begin(4346))
    await payNow(4346)
    await expect(find(4346)).rejects.toMatchObject({ code: 'other-currency' })
  })

  it('pending, where it cannot be asked', async () => {
    const { findSettlement } = externalPage.connect(
      exampleConfiguration({ pageUrl: sandbox.pageUrl }),
    )
    expect(await findSettlement(iudFor(4300))).toEqual({ state: 'pending' })
  })

  it('not at all with another secret', async () => {
    const signing_secret = `${exampleSecret}!`
    const { findSettlement } = connectedWith({ tenant: { signing_secret } })
    await expect(findSettlement(iudFor(4300))).rejects.toThrow('the page answered 403')
  })
})
