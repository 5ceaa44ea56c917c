import { randomUUID } from 'node:crypto'
import { describe, expect, inject, it } from 'vitest'
import { readSample } from '#schemas/samples/sample'
import { startCommand } from '#tests/command'
import { platformOf } from '#tests/stack'

const stack = inject('stack')

/** Runs the command as a person would, on the stack of the tests. */
const corrente = (args: readonly string[], input = '', env: Record<string, string> = {}) =>
  startCommand(args, { input, env: { ...process.env, ...platformOf(stack), ...env } }).ended

describe.concurrent('the corrente command', () => {
  it('finds topics and schemas as declared, and says so in JSON', async () => {
    const [diff, apply, registered, check] = await Promise.all([
      corrente(['topics', 'diff', '--json']),
      corrente(['topics', 'apply']),
      corrente(['schemas', 'register', '--json']),
      corrente(['schemas', 'check']),
    ])
    expect(diff).toMatchObject({ code: 0, out: '[]\n' })
    expect(apply).toMatchObject({ code: 0 })
    expect(check).toMatchObject({ code: 0 })
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
    expect(JSON.parse(story.out)).toEqual([
      expect.objectContaining({ at: published.out.trim(), by: 'symfony-core:3.20.0' }),
    ])
  })

  it('says in a sentence what is wrong, and by its exit code whose mistake it is', async () => {
    const old = JSON.stringify({ ...(readSample('application') as object), event_version: '1.0' })
    const [closed, invalid, outdated, nobody, unknown, unset] = await Promise.all([
      corrente(['publish', 'payments.current']),
      corrente(['publish', 'applications'], '{"event_version":"2.0"}'),
      corrente(['publish', 'applications'], old),
      corrente(['payment', 'show', randomUUID()]),
      corrente(['dance']),
      corrente(['topics', 'diff'], '', { SCHEMA_REGISTRY_URL: '' }),
    ])
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
    expect(unknown).toMatchObject({ code: 2 })
    expect(unset).toMatchObject({
      code: 2,
      err: expect.stringContaining('SCHEMA_REGISTRY_URL is not set') as string,
    })
  })

  it('names the units there are where one is not', async () => {
    const worker = await corrente(['worker', '--only', 'payments-index'])
    expect(worker).toMatchObject({
      err: expect.stringContaining('payments-index is not a unit; the units are') as string,
    })
    expect(worker.code).toBe(2)
  })
})
