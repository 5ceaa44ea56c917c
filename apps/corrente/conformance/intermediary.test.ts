import { describe, expect, it } from 'vitest'
import { examplePlan } from '#apps/corrente/conformance/example-plan'
import { filledIn, givenAccess } from '#apps/corrente/conformance/intermediary'
import { trialPayment } from '#apps/corrente/conformance/trial-payment'

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
