import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { coreSession } from '#connectors/core/session'
import { TransientError } from '#core/errors'

const authUrl = 'https://core.example/api/auth'
const answer = { status: 200, json: undefined }

describe('a session with a sign-in that hangs', () => {
  it('lets each caller go as it gives up, and serves whoever waits', async () => {
    let hand: (token: string) => void = () => undefined
    const tokens: string[] = []
    const signedIn = coreSession(() => new Promise((resolve) => (hand = resolve)))
    const call = async (token: string) => {
      tokens.push(token)
      return answer
    }
    const hurried = new AbortController()
    const patient = new AbortController()
    const gone = signedIn(authUrl, call, hurried.signal)
    const served = signedIn(authUrl, call, patient.signal)
    hurried.abort()
    await expect(gone).rejects.toThrow(new TransientError('the Core gave no token in time'))
    await expect(signedIn(authUrl, call, hurried.signal)).rejects.toThrow(TransientError)
    hand('token')
    expect(await served).toBe(answer)
    expect(tokens).toEqual(['token'])
    expect(getEventListeners(patient.signal, 'abort')).toEqual([])
  })

  it('asks again after one that failed, also where nobody waited for it any more', async () => {
    let fail: (error: Error) => void = () => undefined
    let signIns = 0
    const signedIn = coreSession(() => {
      signIns += 1
      return signIns === 1
        ? new Promise((_resolve, reject) => (fail = reject))
        : Promise.resolve('token')
    })
    const gone = signedIn(authUrl, async () => answer, AbortSignal.timeout(1))
    await expect(gone).rejects.toThrow(TransientError)
    fail(new TransientError('down'))
    await setImmediate()
    expect(await signedIn(authUrl, async () => answer)).toBe(answer)
    expect(signIns).toBe(2)
  })
})
