import { randomUUID } from 'node:crypto'
import { describe, expect, inject, it, vi } from 'vitest'
import { readSample } from '#schemas/samples/sample'
import { runCommand, startCommand } from '#tests/command'
import { platformOf } from '#tests/stack'

const stack = inject('stack')

Object.assign(process.env, platformOf(stack))
const corrente = runCommand
/** Runs the command as a person would: a process of its own. */
const typed = (...args: readonly string[]) => startCommand(args, { env: process.env }).ended

describe('the corrente command', () => {
  it('finds topics and schemas as declared, and says so in JSON', async () => {
    expect(await corrente(['topics', 'diff', '--json'])).toMatchObject({ code: 0, out: '[]\n' })
    expect(await corrente(['topics', 'apply'])).toMatchObject({ code: 0 })
    expect(await corrente(['schemas', 'check'])).toMatchObject({ code: 0 })
    const registered = await corrente(['schemas', 'register', '--json'])
    expect(JSON.parse(registered.out)).toContainEqual(
      expect.objectContaining({ subject: 'payments-value' }),
    )
  })

  it('publishes an event and shows the story it belongs to', async () => {
    const id = randomUUID()
    const draft = { status: '1000', status_name: 'status_draft', payment_data: null }
    const application = { ...(readSample('application') as object), ...draft, id }
    const published = await corrente(['publish', 'applications'], JSON.stringify(application))
    expect(published).toMatchObject({ code: 0 })
    const story = await corrente(['payment', 'show', id, '--json'])
    const told = { at: published.out.trim(), by: 'symfony-core:3.20.0', version: '2.0' }
    expect(JSON.parse(story.out)).toMatchObject({
      summary: {
        payment: null,
        isPaid: false,
        next: expect.stringMatching(/^a payment, once/) as string,
      },
      events: [{ ...told, schemaId: expect.any(Number) as number }],
    })
    const line = (await corrente(['payment', 'show', id])).out.split('\n')[0]
    expect(line).toMatch(/^no payment: none was born of it; next: /)
  })

  it('says in a sentence what is wrong, and by its exit code whose mistake it is', async () => {
    const old = JSON.stringify({ ...(readSample('application') as object), event_version: '1.0' })
    const closed = await corrente(['publish', 'payments.current'])
    const invalid = await corrente(['publish', 'applications'], '{"event_version":"2.0"}')
    const outdated = await corrente(['publish', 'applications'], old)
    const nobody = await corrente(['payment', 'show', randomUUID()])
    vi.stubEnv('SCHEMA_REGISTRY_URL', '')
    const unset = await corrente(['topics', 'diff'])
    vi.unstubAllEnvs()
    expect(closed).toMatchObject({
      code: 2,
      err: expect.stringContaining('say a topic: ') as string,
    })
    expect(invalid.code).toBe(1)
    expect(invalid.err).toMatch(/^\/[a-z_]+: /)
    expect(outdated).toMatchObject({
      code: 1,
      err: '/event_version: is version 1; version 2 is taken here\n',
    })
    expect(nobody).toMatchObject({ code: 1, err: expect.stringContaining('no event') as string })
    expect(unset).toMatchObject({
      code: 2,
      err: expect.stringContaining('SCHEMA_REGISTRY_URL is not set') as string,
    })
  })

  it('names what there is where a unit or a command is not', async () => {
    const [worker, unknown] = await Promise.all([
      typed('worker', '--only', 'payments-index'),
      typed('dance'),
    ])
    expect(unknown).toMatchObject({ code: 2 })
    expect(worker).toMatchObject({
      err: expect.stringContaining('payments-index is not a unit; the units are') as string,
    })
    expect(worker.code).toBe(2)
  })
})

describe('the corrente command of an operator', () => {
  it('shows the records of a topic decoded, with nobody named unless it is asked for', async () => {
    const id = randomUUID()
    const draft = { status: '1000', status_name: 'status_draft', payment_data: null }
    const application = { ...(readSample('application') as object), ...draft, id }
    const { out: place } = await corrente(['publish', 'applications'], JSON.stringify(application))
    const [topic, partition, offset] = place.trim().split(/[@:]/)
    const where = ['--partition', partition!, '--from', offset!, '--count', '1']
    const tail = (...more: string[]) => corrente(['tail', topic!, ...where, '--json', ...more])
    const masked = await tail()
    expect(JSON.parse(masked.out)).toMatchObject({ at: place.trim(), value: { id, data: '***' } })
    expect(masked.out).not.toContain('headers')
    const whole = JSON.parse((await tail('--show-personal', '--headers')).out) as {
      readonly value: { readonly data: unknown }
    }
    expect(whole).toMatchObject({ headers: {}, value: { data: readSample('application')['data'] } })
    const none = await corrente(['tail', topic!, ...where, '--to-end', '--key', id])
    expect(none).toEqual({ code: 0, out: '', err: '' })
  })

  it('says of each unit how far it is, and of each key what it waits for', async () => {
    const lag = await corrente(['lag', '--unit', 'payment-keeper', '--json'])
    const told = JSON.parse(lag.out) as { readonly units: object[]; readonly partitions: object[] }
    expect(told.partitions).toContainEqual(
      expect.objectContaining({ unit: 'payment-keeper', topic: 'payment.facts', partition: 0 }),
    )
    expect(told.units).toMatchObject([{ unit: 'payment-keeper', members: 1, needs: [] }])
    expect(await corrente(['parked', '--unit', 'payment-keeper'])).toMatchObject({ code: 0 })
    expect(await corrente(['lag', '--unit', 'payments'])).toMatchObject({ code: 2 })
  })

  it('examines what is there', async () => {
    const { out } = await corrente(['doctor', '--json'])
    const findings = JSON.parse(out) as { area: string; level: string; sentence: string }[]
    const well = findings.filter(({ level }) => level === 'ok').map(({ sentence }) => sentence)
    expect(well).toEqual(
      expect.arrayContaining([
        `${stack.brokers} answers: Kafka 4.0 or newer`,
        expect.stringMatching(/^all \d+ topics are as declared$/),
        expect.stringMatching(/^the registry at .* has all \d+ schemas$/),
        expect.stringMatching(/^no record is from the future/),
      ]),
    )
  })

  it('says that no process is there where none answers', async () => {
    const { code, out } = await corrente(['status', '--url', 'http://127.0.0.1:1'])
    expect(code).toBe(1)
    expect(out).toContain('! no process answers at http://127.0.0.1:1')
    expect(await corrente(['status', '--url', 'nowhere'])).toMatchObject({ code: 2 })
  })
})
