import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examplepayAccess } from '#apps/corrente/conformance/examplepay-access'
import { examplePlan } from '#apps/corrente/conformance/example-plan'
import { filledIn, givenAccess } from '#apps/corrente/conformance/intermediary'
import type { Json } from '#apps/corrente/conformance/observed'
import { trialPayment } from '#apps/corrente/conformance/trial-payment'
import { type ExamplepaySandbox, startExamplepaySandbox } from '#connectors/examplepay/sandbox'

const payment = trialPayment(examplePlan)
const { iud } = payment['payment'] as { readonly iud: string }
const { signal } = new AbortController()

describe('what is given to reach an intermediary by', () => {
  it('is filled in with the numbers of a payment, never with a name', () => {
    expect(filledIn('https://a.example/{id}?iud={iud}&sum={amount}&x={name}', payment)).toBe(
      `https://a.example/${payment.id}?iud=${iud}&sum=1.00&x={name}`,
    )
  })

  it('is nothing where nothing is given', () => {
    expect(givenAccess({})).toEqual({})
  })

  it('may be a command, which opens a debt and prints its numbers', async () => {
    const { openDue } = givenAccess({ dueCommand: `printf '{"iuv":"%s"}' "$CONFORM_IUD"` })
    expect(await openDue!(payment, signal)).toEqual({ iuv: iud, notice_code: null })
  })

  it.each([
    ['exit 3', 'the command ended with 3'],
    ['echo paid', 'the command printed no JSON with notice_code or iuv'],
    ['echo {}', 'the command printed no JSON with notice_code or iuv'],
  ])('says what is wrong with the command %j', async (dueCommand, sentence) => {
    await expect(givenAccess({ dueCommand }).openDue!(payment, signal)).rejects.toThrow(sentence)
  })

  it('stops a command, and what it started, once the run is given up', async () => {
    const giving = new AbortController()
    const paying = givenAccess({ payCommand: 'sleep 60; echo x' }).pay!(payment, giving.signal)
    setTimeout(() => giving.abort(), 100)
    await expect(paying).rejects.toThrow('the command was stopped')
  })

  it('says that an address did not pay', async () => {
    const { pay } = givenAccess({ payUrl: 'http://127.0.0.1:9/{iud}' })
    await expect(pay!(payment, signal)).rejects.toThrow(`POST http://127.0.0.1:9/${iud}`)
  })
})

describe('the sandbox of examplepay', () => {
  let sandbox: ExamplepaySandbox
  beforeAll(async () => {
    sandbox = await startExamplepaySandbox({
      api_key: 'a-key',
      notify_secret: 'a-secret-of-16-chars',
    })
  })
  afterAll(() => sandbox.stop())
  const access = () =>
    examplepayAccess({
      tenant: { base_url: sandbox.url, api_key: 'a-key', notify_secret: 'a-secret-of-16-chars' },
      service: { due_type: 'CANONE' },
    })

  it('opens a debt that no proxy knows of, and has it paid', async () => {
    const numbers = await access().openDue(payment, signal)
    expect(numbers.notice_code).toMatch(/^\d{18}$/)
    await access().pay(payment, signal)
    expect(sandbox.counters(iud)).toMatchObject({ debt_positions: 1, settlements: 1 })
  })

  it('says by its page where payers come back to', async () => {
    const other = trialPayment(examplePlan)
    await access().openDue(other, signal)
    const session = await fetch(
      `${sandbox.url}/pendencies/${(other['payment'] as Json)['iud'] as string}/sessions`,
      { method: 'POST', headers: { authorization: 'Bearer a-key' } },
    )
    const { url } = (await session.json()) as { readonly url: string }
    const links = other['links'] as { readonly online_payment_landing: { readonly url: string } }
    expect(await access().landingUrl(other, url, signal)).toBe(links.online_payment_landing.url)
  })
})
