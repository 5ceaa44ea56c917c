import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startCoreSandbox } from '#connectors/core/sandbox'
import type { CoreSandbox } from '#connectors/core/sandbox'

const credentials = { username: 'proxy', password: 'example-password' }
let folder: string
let sandbox: CoreSandbox
const start = async () => {
  sandbox = await startCoreSandbox({ ...credentials, dataFile: join(folder, 'run', 'core.jsonl') })
}
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'core-'))
  await start()
})
afterEach(async () => {
  await sandbox.stop()
  rmSync(folder, { recursive: true })
})

const call = async (...[method, path, body, token]: [string, string, unknown?, string?]) => {
  const answer = await fetch(sandbox.url + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const json = (await answer.json()) as Record<string, unknown>
  return { status: answer.status, json }
}
const signedIn = async () => (await call('POST', '/api/auth', credentials)).json.token as string
const ok = { status: 'OK', status_code: 'COMPLETE', status_message: 'paid' }

describe('the Core sandbox', () => {
  it('wants a token', async () => {
    expect((await call('POST', '/api/auth', { ...credentials, password: '' })).status).toBe(401)
    expect((await call('GET', '/api/applications/1')).status).toBe(401)
    expect((await call('GET', '/api/applications/1', undefined, 'made-up')).status).toBe(401)
    expect((await call('GET', '/api/applications/1', undefined, await signedIn())).status).toBe(404)
  })

  it('registers an application once, and tells its status as the Core does', async () => {
    await call('POST', '/sandbox/applications', { id: '1' })
    await call('PUT', '/sandbox/applications/1', { status: '1510' })
    await call('POST', '/sandbox/applications', { id: '1' })
    expect((await call('GET', '/api/applications/1', undefined, await signedIn())).json).toEqual({
      id: '1',
      status: '1510',
      status_name: 'status_payment_outcome_pending',
    })
  })

  it('speaks in sentences, as the Core does', async () => {
    const token = await signedIn()
    const sentence = [expect.any(String)] as unknown
    const post = (id: string) => call('POST', `/api/applications/${id}/payment`, ok, token)
    await call('POST', '/sandbox/applications', { id: '1' })
    expect(await post('1')).toEqual({ status: 200, json: sentence })
    expect(await post('1')).toEqual({ status: 422, json: sentence })
    expect(await post('nobody')).toEqual({ status: 404, json: sentence })
    const unknown = await call('GET', '/api/applications/nobody', undefined, token)
    expect(unknown).toEqual({ status: 404, json: sentence })
  })

  it('says what is wrong with an outcome', async () => {
    await call('POST', '/sandbox/applications', { id: '1' })
    const { status, json } = await call(
      'POST',
      '/api/applications/1/payment',
      { status: 'OK', data: 'text' },
      await signedIn(),
    )
    expect(status).toBe(400)
    expect(json).toMatchObject({ type: 'about:blank', errors: expect.any(Array) as unknown })
  })

  it('knows after a restart, even after half a line, what each application went through', async () => {
    await call('POST', '/sandbox/applications', { id: '1' })
    await call('POST', '/api/applications/1/payment', ok, await signedIn())
    await sandbox.stop()
    appendFileSync(join(folder, 'run', 'core.jsonl'), '{"id":"2","hist')
    await start()
    await call('POST', '/sandbox/applications', { id: '3' })
    await sandbox.stop()
    await start()
    expect((await call('GET', '/sandbox/applications/1')).json).toMatchObject({
      history: [1500, 1520, 1900, 2000],
      outcomes_ok: 1,
      status_name: 'status_submitted',
    })
    expect((await call('GET', '/counters')).json).toEqual({
      applications: 2,
      outcome_requests: 1,
      outcomes_ok: 1,
      outcomes_ko: 0,
      logins: 0,
    })
  })

  it('takes no nonsense', async () => {
    expect((await call('POST', '/sandbox/applications', {})).status).toBe(400)
    expect((await call('POST', '/sandbox/behaviour', { down: -1 })).status).toBe(400)
    expect((await call('GET', '/nowhere')).status).toBe(404)
  })

  it('says on each page that it is one, and writes ids as text', async () => {
    await call('POST', '/sandbox/applications', { id: '<b>' })
    for (const path of ['/', '/it/pratiche/%3Cb%3E/detail', '/it/pratiche/none/detail']) {
      const page = await (await fetch(sandbox.url + path)).text()
      expect(page).toContain('SANDBOX')
      expect(page).not.toContain('<b>')
    }
  })
})
