import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { makeNoticeCode } from '#schemas/values/notice-code'
import { readSample } from '#schemas/samples/sample'
import { type Body, configureBody } from '#tests/body'
import { runCommand } from '#tests/command'
import { openScene, type Scene, type Version } from '#tests/scene'
import { platformOf } from '#tests/stack'

/** A fictional citizen whom no other test knows: what is owed is asked for by the tax code. */
const taxCode = 'PRVDAA80A41X000F'
const stack = inject('stack')
const folder = mkdtempSync(join(tmpdir(), 'dues-e2e-'))
Object.assign(process.env, platformOf(stack))

let scene: Scene
let body: Body
let close = async (): Promise<void> => undefined
beforeAll(async () => {
  ;({ scene, close } = await openScene(stack))
  body = await configureBody(stack)
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await close()
})

/** A due that the body opened at the intermediary by another program of its own. */
async function openedElsewhere(amount: string, tax_code = taxCode) {
  const iud = randomUUID().replaceAll('-', '')
  const response = await fetch(`${scene.addresses.examplepay}/pendencies/${iud}`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${scene.secrets.examplepayKey}`,
    },
    body: JSON.stringify({
      iud,
      due_type: 'CANONE',
      reason: 'Fictional tax',
      amount,
      expire_at: null,
      payer: { type: 'human', name: 'Ada Prova', tax_code },
      split: [],
      landing_url: 'http://127.0.0.1:9/',
      notify_url: 'http://127.0.0.1:9/',
    }),
  })
  expect(response.status).toBe(200)
  return { iud, notice_code: ((await response.json()) as { notice_number: string }).notice_number }
}

/** As the Core tells that somebody logged in, with what its collector adds; waits until that was handled. */
async function login(user_id: string): Promise<number> {
  const ingested = await fetch(`${scene.addresses.ingest}/users`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${scene.secrets.ingestToken}`,
    },
    body: JSON.stringify({
      ...readSample('user'),
      id: user_id,
      tenant_id: body.tenant_id,
      tax_code: taxCode,
      event_id: randomUUID(),
    }),
  })
  expect(ingested.status).toBe(202)
  await scene.handled('dues-requester', (await ingested.json()) as never)
  const isOfUser = ({ value }: { readonly value: unknown }) =>
    (value as { readonly user_id: string }).user_id === user_id
  const asked = scene.on('payment.dues-requests', isOfUser)
  for (const request of asked) await scene.handled('dues-importer', request)
  return asked.length
}

const versionsWith = (is: (version: Version['value']) => boolean) =>
  (scene.on('payments') as readonly Version[]).filter(({ value }) => is(value))
const isOwed = (value: Version['value']) =>
  value['tenant_id'] === body.tenant_id &&
  (value['payer'] as { tax_identification_number: string }).tax_identification_number === taxCode
const isOurs = ({ app_id }: Version['value']) => app_id.startsWith('examplepay-payment-proxy')
const payments = () => new Set(versionsWith(isOwed).map(({ value }) => value.id))

/** As the poller asks, once the check is due. */
async function check(id: string): Promise<void> {
  const { value } = await scene.seen(id, 'a version of ours', (one) => isOurs(one.value))
  const response = await fetch(value.links['update']!.url!)
  expect(response.status).toBe(200)
}

describe('the dues of a citizen', () => {
  it('become payments at login, once, and complete when they are paid', async () => {
    const user = randomUUID()
    const due = await openedElsewhere('30.01')
    const other = await openedElsewhere('30.10')
    expect(await login(user)).toBe(1)
    const taken = await scene.watch.until('two payments of ours', () => {
      const found = versionsWith((value) => isOwed(value) && isOurs(value))
      return found.length === 2 ? found : undefined
    })
    expect(taken.map(({ value }) => value.payment['iud']).sort()).toEqual(
      [due.iud, other.iud].sort(),
    )
    for (const { value, key } of taken) {
      expect(value).toMatchObject({ status: 'PAYMENT_PENDING', user_id: user })
      expect(value.links['online_payment_begin']!.url).toMatch(new RegExp(`${value.id}$`))
      expect(value.links['update']).toMatchObject({
        next_check_at: expect.any(String) as string,
      })
      expect(key).toBe(body.service_id)
    }

    // Again within ten minutes nobody is asked; as another account of the same person the same is found.
    expect(await login(user)).toBe(1)
    expect(await login(randomUUID())).toBe(1)
    expect(payments().size).toBe(2)

    const [paid] = taken.filter(({ value }) => value.payment['iud'] === due.iud)
    await scene.intermediary.pay(due.iud)
    await check(paid!.value.id)
    const complete = await scene.reached(paid!.value.id, 'COMPLETE')
    expect(complete.value.payment.amount).toBe('30.01')
  })
})

describe('a file of dues', () => {
  it('becomes payments, with a word on each row, and nothing when it comes again', async () => {
    const { notice_code } = await openedElsewhere('40.01', 'PRVLCU85M15X000R')
    const base = Date.now() % 10_000_000_000
    const numbers = [base, base + 1].map((number) =>
      makeNoticeCode({ aux: 3, segregationCode: '98', base: String(number) }),
    )
    const row = (...cells: readonly string[]) => cells.join(';')
    const file = join(folder, 'dues.csv')
    writeFileSync(
      file,
      [
        'notice_number;amount;reason;expire_at;payer_tax_identification_number;payer_name',
        row(notice_code, '40,01', 'Fictional tax', '2099-12-31', 'PRVLCU85M15X000R', 'Luca'),
        row(numbers[0]!, '1.000,00', 'Fictional tax', '', 'PRVLCU85M15X000R', 'Luca'),
        row(numbers[0]!, '41.00', 'Fictional tax', '', 'PRVLCU85M15X000R', 'Luca'),
        row(numbers[1]!, '42.00', 'Fictional tax', '2099-02-30', 'PRVLCU85M15X000R', 'Luca'),
        row(numbers[1]!, '42.00', 'Fictional tax', '2099-02-28', 'PRVLCU85M15X000R', 'Luca'),
      ].join('\r\n'),
    )
    const of = ['--file', file, '--tenant', body.tenant_id, '--service', body.service_id, '--json']
    const told = async (...more: readonly string[]) => {
      const { code, out, err } = await runCommand(['dues', 'import', ...of, ...more])
      const rows = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, string>)
      return { code, rows, err }
    }

    const dry = await told('--dry-run')
    expect(dry.err).toContain('5 rows: 3 would be accepted, 0 already there, 2 refused')
    const first = await told()
    expect(first.code).toBe(1)
    expect(first.rows.map(({ line, outcome, column }) => [line, outcome, column])).toEqual([
      [2, 'accepted', undefined],
      [3, 'refused', 'amount'],
      [4, 'accepted', undefined],
      [5, 'refused', 'expire_at'],
      [6, 'accepted', undefined],
    ])
    const ids = first.rows.flatMap(({ payment_id }) => payment_id ?? [])
    for (const id of ids) await scene.seen(id, 'a version of ours', (one) => isOurs(one.value))
    await scene.watch.until(
      'their rows',
      () => ids.every((id) => scene.about('payments.current', id).length > 0) || undefined,
    )
    const again = await told()
    expect(again.err).toContain('5 rows: 0 accepted, 3 already there, 2 refused')

    await scene.intermediary.pay(notice_code)
    await check(ids[0]!)
    await scene.reached(ids[0]!, 'COMPLETE')
  })
})
