import { describe, expect, it } from 'vitest'
import { ask, intermediaryOf } from '#apps/payment-proxy/ask'
import { Problem } from '#apps/platform/problem'
import type { ServedPayment } from '#apps/payment-proxy/find-payment'
import { examplepay } from '#connectors/examplepay/index'
import { RejectedError, TransientError } from '#core/errors'

const rejected = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('ask', () => {
  it('gives the answer', async () => {
    expect(await ask(async () => 'answer')).toBe('answer')
  })

  it('calls a refusal a bad gateway, by its code', async () => {
    const error = await rejected(
      ask(async () => {
        throw new RejectedError('examplepay-404', 'examplepay refused (404)')
      }),
    )
    expect(error).toMatchObject({ status: 502, members: { code: 'examplepay-404' } })
  })

  it('calls no answer a bad gateway, too, and says when to try again', async () => {
    const away = new TransientError('examplepay gave no answer')
    expect(await rejected(ask(() => Promise.reject(away)))).toMatchObject({
      status: 502,
      detail: 'examplepay gave no answer',
      headers: { 'retry-after': '5' },
    })
  })

  it('lets a bug be seen as one', async () => {
    const bug = new TypeError('a bug')
    expect(await rejected(ask(() => Promise.reject(bug)))).toBe(bug)
  })

  it.each([
    {
      scene: 'heeds its signal',
      question: (signal: AbortSignal) =>
        new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => reject(new TransientError('aborted')))
        }),
    },
    { scene: 'does not', question: () => new Promise<never>(() => undefined) },
  ])('does not wait for ever where the connector $scene', async ({ question }) => {
    const error = await rejected(ask(question, 30))
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({ status: 504 })
  })
})

describe('intermediaryOf', () => {
  it('names what is wrong with a configuration', () => {
    const payment = { configuration: { tenant: {}, service: {} } } as ServedPayment
    expect(() => intermediaryOf({ connector: examplepay }, payment)).toThrow(
      expect.objectContaining({ status: 502, members: { code: 'bad-configuration' } }) as Error,
    )
  })
})
