import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readPlan } from '#apps/corrente/conformance/read-plan'
import { dispatch } from '#apps/corrente/dispatch'
import { runCommand } from '#tests/command'

const folder = mkdtempSync(join(tmpdir(), 'conform-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const given = { proxy: 'https://proxy.example/pay/', 'landing-page': 'https://core.example/{id}' }
const bounds = { amount: '1.00', patienceMs: 1_000, settleMs: 10 }
const tenantId = 'a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60'

describe('the plan of a run', () => {
  it('has ids of its own where none are given, and a service of the tenant', () => {
    const [one, other] = [readPlan(given, bounds, {}), readPlan(given, bounds, {})]
    expect(one.proxy).toBe('https://proxy.example/pay')
    expect(one.service).toMatchObject({ tenant_id: one.tenant.id, active: true })
    expect(
      new Set([one, other].flatMap(({ tenant, service }) => [tenant.id, service.id])).size,
    ).toBe(4)
    expect([one.token, one.origin, one.intermediary]).toEqual([undefined, undefined, {}])
  })

  it('takes the members of the forms from files, and the token from a file or the environment', () => {
    const files = {
      'tenant-config': file('tenant.json', JSON.stringify({ id: tenantId, colour: 'red' })),
      'token-file': file('token', 'from-a-file\n'),
    }
    const plan = readPlan({ ...given, ...files }, bounds, { CONFORM_TOKEN: 'from-outside' })
    expect(plan.tenant).toEqual({ id: tenantId, colour: 'red', active: true })
    expect(plan.token).toBe('from-a-file')
    expect(readPlan(given, bounds, { CONFORM_TOKEN: 'from-outside' }).token).toBe('from-outside')
  })

  it('knows what to do at the sandbox of an intermediary, where the configuration says it is', () => {
    const at = (intermediary: string, tenant: object, service: object) => {
      const files = {
        'tenant-config': file(`${intermediary}.json`, JSON.stringify(tenant)),
        'service-config': file(`${intermediary}-service.json`, JSON.stringify(service)),
      }
      return readPlan({ ...given, ...files, intermediary }, bounds, {}).intermediary
    }
    const page = 'https://pay.example/?iud={iud}&amount={amount}&back={landing}'
    const external = at(
      'external-page',
      {
        page_url: `${page}&notify={notify}&time={time}&nonce={nonce}`,
        signing_secret: 'secret'.repeat(6),
      },
      {},
    )
    expect(external.lacks).toEqual({
      notice: 'external-page gives no notice',
      receipt: 'external-page gives no receipt',
    })
    const tenant = {
      base_url: 'https://pay.example',
      api_key: 'a-key',
      notify_secret: 'a-secret-of-16-chars',
    }
    const example = at('examplepay', tenant, { due_type: 'CANONE' })
    expect(example.lacks).toEqual({})
    const named = ['landingUrl', 'openDue', 'pay', 'whyUnnumbered']
    for (const access of [external, example]) {
      expect(Object.keys(access)).toEqual(expect.arrayContaining(named))
    }
  })

  it.each([
    [{ proxy: 'proxy.example' }, '--proxy: say an http or https URL'],
    [{ proxy: 'https://user:secret@proxy.example' }, '--proxy: say an http or https URL'],
    [{ 'tenant-config': join(folder, 'none.json') }, 'none.json: it is no file with a JSON object'],
    [{ 'tenant-config': file('list.json', '["secret"]') }, 'it is no file with a JSON object'],
    [{ 'service-config': file('id.json', '{"id":"x"}') }, 'id.json: its id is no UUID'],
    [{ 'token-file': join(folder, 'none') }, 'cannot be read (ENOENT)'],
    [{ origin: 'core' }, '--origin: say'],
    [{ intermediary: 'otherpay' }, '--intermediary otherpay: it is one of examplepay, '],
    [{ intermediary: 'examplepay' }, '--intermediary examplepay: tenant.'],
  ])('names what is wrong with %j', (wrong, sentence) => {
    expect(() => readPlan({ ...given, ...wrong }, bounds, {})).toThrow(sentence)
    expect(() => readPlan({ ...given, ...wrong }, bounds, {})).not.toThrow(/secret/)
  })
})

describe('corrente conform', () => {
  it('writes nothing unless it is told that it may', async () => {
    const { code, err } = await runCommand(['conform', '--proxy', given.proxy])
    expect([code, err]).toEqual([2, expect.stringContaining('--yes-write-trial-payments')])
  })

  it.each([
    [['--amount', '1'], '--amount 1: say euros with two decimals'],
    [['--amount', '0.00'], '--amount 0.00: say'],
    [['--patience', 'long'], '--patience long: say a whole number'],
    [['--encoding', 'xml', '--proxy', given.proxy, '--brokers', '127.0.0.1:9'], '--encoding xml'],
    [['--brokers', '127.0.0.1:9'], 'say which proxy by --proxy'],
    [['--intermediary', 'otherpay'], '--intermediary otherpay: it is one of examplepay, '],
  ])('says what is wrong with %j', async (args, sentence) => {
    const { code, err } = await runCommand(['conform', '--yes-write-trial-payments', ...args])
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)])
  })

  it('says how it is used', async () => {
    expect(dispatch).toBeDefined()
    const { code, out } = await runCommand(['conform', '--help'])
    expect(code).toBe(0)
    expect(out).toContain('--tenant-config <file>')
  })
})
