import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runCommand } from '#tests/command'
import {
  exportVariables,
  type NotificationScene,
  openNotificationScene,
  someone,
} from '#tests/notification-scene'
import { platformOf } from '#tests/stack'
import { mailsWithFiles } from '#tests/end-to-end/mails-with-files'

const giveUpSeconds = 5
const folder = mkdtempSync(join(tmpdir(), 'notifications-e2e-'))
let scene: NotificationScene
beforeAll(async () => {
  const stack = inject('stack')
  Object.assign(process.env, platformOf(stack))
  scene = await openNotificationScene(stack, giveUpSeconds)
}, 120_000)
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await scene.close()
})

describe('a mail', () => {
  it('arrives once, however often it is asked for, in the words of its template', async () => {
    const address = someone('ada-')
    const id = randomUUID()
    await scene.mail(address, id)
    await scene.mail(address, id)
    expect(await scene.ended(id)).toMatchObject({ outcome: 'DELIVERED', code: null, attempts: 1 })
    const last = await scene.mail(address, id)
    await expect.poll(() => scene.isHandled(last), { timeout: 20_000 }).toBe(true)
    await scene.watch.caughtUp()
    expect(scene.of(id)).toHaveLength(1)
    const [taken, ...more] = await scene.mailsTo(address)
    expect(more).toEqual([])
    expect(taken).toMatchObject({
      times: 1,
      subject: 'Su exportación está lista: 10000 documentos',
      from: 'Corrente <no-reply@body.example>',
    })
    expect(taken!.text).toContain(exportVariables.page)
    expect(taken!.html).toContain('<html lang="es-PE">')
    const page = await (await fetch(`${scene.addresses.mail}/`)).text()
    expect(page).toContain(taken!.subject)
  })

  it('is tried again after a 451, and refused by a 550', async () => {
    const [later, refused] = [someone('later-'), someone('refused-')]
    const [first, second] = [await scene.newMail(later), await scene.newMail(refused)]
    expect(await scene.ended(first)).toMatchObject({ outcome: 'DELIVERED', attempts: 2 })
    const refusal = { outcome: 'REFUSED', code: 'smtp-550', attempts: 1 }
    expect(await scene.ended(second)).toMatchObject(refusal)
    expect(await scene.mailsTo(later)).toHaveLength(1)
    expect(await scene.mailsTo(refused)).toEqual([])
  })

  it('that was taken by a connection that was lost comes again under its Message-ID', async () => {
    const lost = someone('lost-')
    const id = await scene.newMail(lost)
    expect(await scene.ended(id)).toMatchObject({ outcome: 'DELIVERED', attempts: 2 })
    expect((await scene.mailsTo(lost)).map(({ times }) => times)).toEqual([2])
  })

  it('arrives though the worker is killed while it sends', async () => {
    const all = await Promise.all(
      Array.from({ length: 300 }, async () => {
        const address = someone('killed-')
        return { address, id: await scene.newMail(address) }
      }),
    )
    const isToldOf = ({ id }: { readonly id: string }) => scene.of(id).length > 0
    await scene.watch.until('the first of them', () => all.find(isToldOf))
    await scene.worker.kill()
    expect(all.every(isToldOf), 'all were sent before the kill').toBe(false)
    await scene.worker.start()
    for (const { id, address } of all) {
      expect(await scene.ended(id)).toMatchObject({ outcome: 'DELIVERED' })
      expect(await scene.mailsTo(address)).toHaveLength(1)
    }
    await scene.watch.caughtUp()
    for (const { id } of all) expect(scene.of(id)).toHaveLength(1)
  })

  it('of a template that lacks a variable is refused, and says which', async () => {
    const { page: _, ...few } = exportVariables
    const id = await scene.newMail(someone(), { data: JSON.stringify(few) })
    expect(await scene.ended(id)).toMatchObject({
      outcome: 'REFUSED',
      code: 'missing-variable',
      message: 'the variable page is missing',
    })
  })
})

mailsWithFiles(() => scene)

describe('a webhook', () => {
  it('is told by a signed request, and once more where it was down', async () => {
    const taken = await scene.newWebhook('taken')
    const later = await scene.newWebhook('later')
    expect(await scene.ended(taken)).toMatchObject({ outcome: 'DELIVERED', attempts: 1 })
    expect(await scene.ended(later)).toMatchObject({ outcome: 'DELIVERED', attempts: 2 })
    const answer = await fetch(`${scene.addresses.webhook}/api/events`)
    const events = (await answer.json()) as readonly {
      readonly id: string
      readonly body: string
    }[]
    const [first, second, ...more] = events.filter(({ id }) => id === later)
    expect([second?.body, more]).toEqual([first?.body, []])
    const [told] = events.filter(({ id }) => id === taken)
    expect(JSON.parse(told!.body)).toMatchObject({ type: 'export-ready@1', data: exportVariables })
  })

  it('is given up where it hangs, answers without an end, or redirects, and holds nobody else', async () => {
    const ids = await Promise.all(['hanging', 'dripping', 'redirecting'].map(scene.newWebhook))
    const gone = await scene.newWebhook('gone')
    const other = await scene.ended(await scene.newWebhook('taken'))
    expect(other.outcome).toBe('DELIVERED')
    expect(ids.flatMap((id) => scene.of(id))).toEqual([])
    expect(await scene.ended(gone)).toMatchObject({ outcome: 'REFUSED', code: 'webhook-410' })
    const given = await Promise.all(ids.map((id) => scene.ended(id)))
    expect(given.map(({ outcome, message }) => [outcome, message])).toEqual([
      ['GIVEN_UP', 'webhook hanging gave no answer (ECONNABORTED)'],
      ['GIVEN_UP', 'webhook dripping gave no answer (ECONNABORTED)'],
      ['GIVEN_UP', 'webhook redirecting answered 302'],
    ])
  })
})

describe('the command line', () => {
  const fileOf = (variables: object) => {
    const path = join(folder, 'variables.json')
    writeFileSync(path, JSON.stringify(variables))
    return path
  }
  const send = (variables: object, ...args: readonly string[]) => {
    const what = ['--template', 'export-ready@1', '--data', fileOf(variables)]
    return runCommand(['notifications', 'send', ...what, ...args])
  }

  it('asks for a mail, and shows what came of it and not who got it', async () => {
    const address = someone('cli-')
    const id = `cli:${randomUUID()}`
    const sent = await send(exportVariables, '--to', address, '--language', 'it-IT', '--id', id)
    expect(sent).toMatchObject({ code: 0, err: '' })
    expect(sent.out).toMatch(new RegExp(`^${id} {2}notifications@\\d:\\d+\\n$`))
    await scene.ended(id)
    const [mail] = await scene.mailsTo(address)
    expect(mail?.subject).toBe('La sua esportazione è pronta: 10000 documenti')
    const shown = await runCommand(['notifications', 'show', id])
    expect(shown.code).toBe(0)
    expect(shown.out).toMatch(/DELIVERED at try 1: export-ready@1 by email\n$/)
    expect(await runCommand(['notifications', 'show', 'none'])).toMatchObject({ code: 1, out: '' })
  })

  it('refuses what the sender would refuse', async () => {
    const refused = await send({}, '--to', 'ada@body.example')
    expect(refused).toEqual({ code: 2, out: '', err: 'the variable documents is missing\n' })
    for (const args of [[], ['--to', 'ada'], ['--to', 'ada@body.example', '--webhook', 'taken']]) {
      expect((await send(exportVariables, ...args)).code).toBe(2)
    }
  })
})

it('nobody is named in a log, a metric or a delivery, and nothing became a dead letter', async () => {
  const metrics = await (await fetch(`${scene.addresses.worker}/metrics`)).text()
  expect(metrics).toMatch(/corrente_notifications_total\{channel="Email",outcome="DELIVERED"\} \d+/)
  const log = readFileSync(scene.workerLog, 'utf8')
  expect(log).toContain('notification-sender')
  for (const text of [metrics, log, JSON.stringify(scene.deliveries)]) {
    expect(text).not.toMatch(/@body\.example|5f0c7a52/)
  }
  expect(scene.letters).toEqual([])
})

it('a worker without a mail server runs, and says what is missing when a mail is due', async () => {
  await scene.worker.drain()
  await scene.mailless.start()
  const id = await scene.newMail(someone())
  const reason = 'SMTP_URL is not set, so that mails wait: name the mail server'
  const shown = () => runCommand(['notifications', 'show', id])
  await expect
    .poll(async () => (await shown()).out, { timeout: 20_000 })
    .toMatch(new RegExp(`^waits until .*: ${reason}\n$`))
  expect((await scene.ended(await scene.newWebhook('taken'))).outcome).toBe('DELIVERED')
  expect(await scene.ended(id)).toMatchObject({ outcome: 'GIVEN_UP', message: reason })
})
