import { describe, expect, it } from 'vitest'
import { exampleOperators } from '#apps/operations/sign-in/example-operators'
import {
  formToken,
  idleSeconds,
  newSession,
  opened,
  sealed,
  visitorOf,
  wholeSeconds,
} from '#apps/operations/sign-in/sessions'
import { newSessionKey } from '#apps/platform/operators/operators-file'

const nowMs = 1_768_467_600_000
const known = await exampleOperators()
const [operator] = known.operators
const session = newSession(nowMs, operator)
const cookie = await sealed(session, known, nowMs)

describe('a session', () => {
  it('is its operator for any process with the same file, and says nothing to who reads the cookie', async () => {
    const read = await opened(cookie, structuredClone(known), nowMs + 1_000)
    expect(read).toMatchObject({ sid: session.sid, login: operator!.login })
    expect(visitorOf(read!, known)).toEqual({ login: operator!.login, role: operator!.role })
    const parts = cookie.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'))
    expect(parts.join('\n')).not.toContain(operator!.login)
  })

  it('ends when it was idle for too long', async () => {
    expect(await opened(cookie, known, nowMs + idleSeconds * 1_000 - 1_000)).toBeDefined()
    expect(await opened(cookie, known, nowMs + idleSeconds * 1_000)).toBeUndefined()
  })

  it('ends some hours after the sign-in, however often it is used', async () => {
    const lateMs = nowMs + wholeSeconds * 1_000 - 60_000
    const renewed = await sealed(session, known, lateMs)
    expect(await opened(renewed, known, lateMs + 59_000)).toBeDefined()
    expect(await opened(renewed, known, lateMs + 60_000)).toBeUndefined()
  })

  const middle = Math.floor(cookie.length / 2)
  const [head, ...rest] = cookie.split('.')
  const plain = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
  it.each([
    ['cut off', cookie.slice(0, -1)],
    ['empty', ''],
    ['no cookie of ours', 'null'],
    [
      'altered',
      cookie.slice(0, middle) + (cookie[middle] === 'A' ? 'B' : 'A') + cookie.slice(middle + 1),
    ],
    ['of another algorithm', [plain, ...rest].join('.')],
    ['unsigned', `${plain}.${Buffer.from('{"sid":"x","login":"ada"}').toString('base64url')}.`],
    ['without its end', `${head}..`],
    ['long', cookie.repeat(50)],
  ])('that is %s is none', async (_, forged) => {
    expect(await opened(forged, known, nowMs)).toBeUndefined()
  })

  it('sealed by another key is none', async () => {
    const others = { ...known, sessionKey: newSessionKey() }
    expect(await opened(await sealed(session, others, nowMs), known, nowMs)).toBeUndefined()
  })

  it('is over once the file says something else of its operator, or nothing', async () => {
    const changed = { ...operator!, role: 'viewer' as const }
    expect(visitorOf(session, { ...known, operators: [changed] })).toBeUndefined()
    expect(visitorOf(session, { ...known, operators: [] })).toBeUndefined()
  })

  it('has forms of its own: another has others, also of the same operator', () => {
    const other = newSession(nowMs, operator)
    expect(formToken(session, known)).not.toBe(formToken(other, known))
    expect(formToken(session, known)).toBe(formToken(session, known))
  })
})
