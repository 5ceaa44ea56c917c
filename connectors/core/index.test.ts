import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { coreApplicationRegister } from '#connectors/core/index'
import { startCoreSandbox } from '#connectors/core/sandbox'
import { TransientError } from '#core/errors'
import type { CoreSandbox } from '#connectors/core/sandbox'
import type { ApplicationRegister, PaymentOutcome } from '#ports/application-register'

const credentials = { username: 'proxy', password: 'example-password' }
const id = 'c1d7b0f4-3a55-4f3e-8b0a-6a2f5f9e0a21'
const ok: PaymentOutcome = {
  status: 'OK',
  status_code: 'COMPLETE',
  status_message: 'paid',
  data: { transaction_id: 'EP-1' },
}
const ko: PaymentOutcome = { ...ok, status: 'KO' }

let sandbox: CoreSandbox
let register: ApplicationRegister
beforeEach(async () => {
  sandbox = await startCoreSandbox(credentials)
  register = coreApplicationRegister({ base_url: sandbox.url, ...credentials, timeout_ms: 1_000 })
  await control('POST', '/applications', { id })
})
afterEach(() => sandbox.stop())

const control = (method: string, path: string, body: unknown) =>
  fetch(`${sandbox.url}/sandbox${path}`, {
    method,
    // A kept connection would outlive the sandbox restarted on the same port.
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify(body),
  })
const urlOf = (application = id) => `${sandbox.url}/api/applications/${application}`
const report = (outcome = ok, url = `${urlOf()}/payment`) => register.reportOutcome(url, outcome)

describe('the register takes an outcome', () => {
  it.each([
    ['OK', 1500, ok, 2000],
    ['OK', 1510, ok, 2000],
    ['KO', 1500, ko, 1530],
    ['KO', 1510, ko, 1530],
  ])('%s of an application at %s', async (...[, from, outcome, to]) => {
    await control('PUT', `/applications/${id}`, { status: from })
    expect(await register.findStatus(urlOf())).toBe(from)
    expect(await report(outcome)).toBe('accepted')
    expect(await register.findStatus(urlOf())).toBe(to)
  })

  it('OK of a deferred payment, which completes the application', async () => {
    for (const status of [4000, 1500]) await control('PUT', `/applications/${id}`, { status })
    expect(await report(ok)).toBe('accepted')
    expect(await register.findStatus(urlOf())).toBe(7000)
  })

  it.each([1000, 1520, 1530, 2000])('not of an application at %s', async (status) => {
    await control('PUT', `/applications/${id}`, { status })
    expect(await report()).toBe('not-waiting')
    expect(await register.findStatus(urlOf())).toBe(status)
  })

  it('once, also where the answer was lost', async () => {
    await control('POST', '/behaviour', { lost: 1 })
    await expect(report()).rejects.toThrow(TransientError)
    expect(await report()).toBe('not-waiting')
    expect(await register.findStatus(urlOf())).toBe(2000)
    expect(sandbox.counters(id)).toMatchObject({ outcome_requests: 2, outcomes_ok: 1 })
  })

  it('not of an application it does not know', async () => {
    await expect(report(ok, `${urlOf('nobody')}/payment`)).rejects.toMatchObject({
      name: 'RejectedError',
      code: 'core-404',
    })
    await expect(register.findStatus(urlOf('nobody'))).rejects.toMatchObject({ code: 'core-404' })
  })

  it('not where the outcome is malformed', async () => {
    const malformed = { status: 'OK' } as PaymentOutcome
    await expect(report(malformed)).rejects.toMatchObject({ code: 'core-400' })
    expect(sandbox.counters(id).outcomes_ok).toBe(0)
  })
})

describe('the register is asked again later', () => {
  it('while it is down', async () => {
    await register.findStatus(urlOf())
    await control('POST', '/behaviour', { down: 2 })
    await expect(report()).rejects.toThrow(new TransientError('the Core answered 503'))
    await expect(register.findStatus(urlOf())).rejects.toThrow(TransientError)
    expect(await report()).toBe('accepted')
  })

  it('where it is too slow, or its caller gave up', async () => {
    await control('POST', '/behaviour', { slow_ms: 1_500 })
    await expect(report()).rejects.toThrow(TransientError)
    await control('POST', '/behaviour', { slow_ms: 300 })
    await register.findStatus(urlOf())
    const signal = AbortSignal.timeout(50)
    await expect(register.findStatus(urlOf(), signal)).rejects.toThrow(TransientError)
  })

  it('where nobody listens', async () => {
    await sandbox.stop()
    await expect(report()).rejects.toThrow(/^the Core gave no answer \(ECONNREFUSED\)$/)
  })
})

describe('the register signs in', () => {
  it('once for many calls at a time', async () => {
    await Promise.all(Array.from({ length: 10 }, () => register.findStatus(urlOf())))
    expect(sandbox.counters().logins).toBe(1)
  })

  it('again, once, when its token is forgotten', async () => {
    await register.findStatus(urlOf())
    const port = Number(new URL(sandbox.url).port)
    await sandbox.stop()
    sandbox = await startCoreSandbox({ ...credentials, port })
    await control('POST', '/applications', { id })
    await Promise.all(Array.from({ length: 10 }, () => register.findStatus(urlOf())))
    expect(sandbox.counters().logins).toBe(1)
  })

  it('in vain with a wrong password, which is ours to mend', async () => {
    const wrong = coreApplicationRegister({
      base_url: sandbox.url,
      ...credentials,
      password: 'wrong',
    })
    await expect(wrong.findStatus(urlOf())).rejects.toThrow(
      new TransientError('the Core gave no token (401): check username and password'),
    )
  })

  it('nowhere but at its own Core', async () => {
    const elsewhere = `http://localhost:${new URL(sandbox.url).port}/api/applications/${id}`
    await expect(register.findStatus(elsewhere)).rejects.toMatchObject({ code: 'foreign-url' })
    expect(sandbox.counters().logins).toBe(0)
  })
})

describe('the register is configured', () => {
  it.each([
    ['base_url', { base_url: 'servizi', ...credentials }],
    ['password', { base_url: 'https://servizi.example', ...credentials, password: '' }],
    ['timeout_ms', { base_url: 'https://servizi.example', ...credentials, timeout_ms: 6_000 }],
  ])('and says that %s is wrong', (member, config) => {
    const configuring = () => coreApplicationRegister(config)
    expect(configuring).toThrow(expect.objectContaining({ code: 'bad-configuration' }) as Error)
    expect(configuring).toThrow(new RegExp(`^${member}: `))
  })
})
