import { describe, expect, it } from 'vitest'
import type { Answer } from '#apps/corrente/demo-debits/edge-client'
import { settled } from '#apps/corrente/demo-debits/settled'

const deadlineMs = 3_000
const answer = (code: string, ms = 5): Answer => ({
  status: 200,
  code,
  body: '',
  isRepeated: false,
  ms,
})
const debit = { method: 'POST', path: '/v1/debits', id: 'd-1', body: {} } as const

/** What comes of a request that is answered like this, one try after the other; the last one for ever. */
async function settledBy(answers: readonly Answer[], signal = new AbortController().signal) {
  const heard: string[] = []
  const sent: unknown[] = []
  const found = await settled(debit, {
    client: {
      async send(sending) {
        sent.push(sending)
        return answers[Math.min(sent.length, answers.length) - 1]!
      },
    },
    deadlineMs,
    onAnswer: ({ code }) => heard.push(code),
    signal,
    pauseMs: 1,
    patienceMs: 50,
  })
  expect(sent.every((one) => one === debit)).toBe(true)
  return { found: found?.code, heard }
}

describe('a caller', () => {
  it('is content with a decision', async () => {
    expect(await settledBy([answer('51')])).toEqual({ found: '51', heard: ['51'] })
  })

  it('asks again where nobody decided, nothing came in time, or there was no answer', async () => {
    const answers = [answer('68', 3_001), answer('91'), answer('none'), answer('HTTP 502')]
    const heard = ['68', '91', 'none', 'HTTP 502', '00']
    expect(await settledBy([...answers, answer('00')])).toEqual({ found: '00', heard })
  })

  it('believes that it came too late once that is told without waiting', async () => {
    const answers = [answer('68', 3_001), answer('68', 4)]
    expect(await settledBy(answers)).toEqual({ found: '68', heard: ['68', '68'] })
  })

  it('does not know in the end where nobody ever decides', async () => {
    const { found, heard } = await settledBy([answer('91')])
    expect(found).toBeUndefined()
    expect(heard.length).toBeGreaterThan(1)
  })

  it('asks less and less often', async () => {
    const { heard } = await settledBy([answer('91')])
    // Without longer and longer pauses of 1, 2, 4 … ms there would be up to fifty.
    expect(heard.length).toBeLessThan(8)
  })

  it('asks no more after an abort', async () => {
    await expect(settledBy([answer('91')], AbortSignal.abort())).rejects.toThrow('abort')
  })
})
