import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleMail } from '#connectors/smtp/example-mail'
import { smtpMailServer } from '#connectors/smtp/index'
import { type SmtpSandbox, startSmtpSandbox } from '#connectors/smtp/sandbox'
import { RejectedError, TransientError } from '#core/errors'

let folder = ''
let sandbox: SmtpSandbox
const start = async () => {
  sandbox = await startSmtpSandbox({ dataFile: join(folder, 'mails.jsonl') })
}
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smtp-sandbox-'))
  await start()
})
afterEach(async () => {
  await sandbox.stop()
  rmSync(folder, { recursive: true })
})

const send = (changes: Parameters<typeof exampleMail>[0] = {}) =>
  smtpMailServer({
    url: sandbox.smtpUrl,
    from: 'Body <no-reply@body.example>',
    tls: 'off',
    timeout_ms: 500,
  }).send(exampleMail(changes), new AbortController().signal)
const page = async (path: string) => (await fetch(sandbox.url + path)).text()

describe('the sandbox of a mail server', () => {
  it('takes a mail over a socket, and shows it', async () => {
    await send()
    const [mail] = sandbox.mails()
    expect(mail).toMatchObject({ to: 'ada@body.example', subject: exampleMail().subject, times: 1 })
    expect(mail?.text.replaceAll('\r\n', '\n')).toBe(exampleMail().text)
    expect(await page('/')).toContain(exampleMail().subject)
    const shown = await page(`/mails/${encodeURIComponent(mail!.message_id)}`)
    expect(shown).toContain('El archivo que solicitó está listo.')
  })

  it('says on each page that it is one, and shows what came never as a page', async () => {
    await send({ subject: '<b>bold</b>', html: '<script>alert(1)</script>' })
    const { message_id } = sandbox.mails()[0]!
    for (const path of ['/', `/mails/${encodeURIComponent(message_id)}`, '/mails/none']) {
      const shown = await page(path)
      expect(shown).toContain('SANDBOX')
      expect(shown).not.toMatch(/<b>|<script>/)
    }
  })

  it('shows a mail that came twice once, and how often it came', async () => {
    await send()
    await send()
    expect(sandbox.mails().map(({ times }) => times)).toEqual([2])
    expect(await page('/')).toContain('came 2 times')
  })

  it('plays what addresses begin with', async () => {
    await expect(send({ address: 'refused-1@body.example' })).rejects.toThrow(RejectedError)
    await expect(send({ address: 'later-1@body.example' })).rejects.toThrow('answered 451')
    await send({ address: 'later-1@body.example', notification_id: 'later' })
    await expect(send({ address: 'hanging-1@body.example' })).rejects.toThrow(TransientError)
    expect(sandbox.mails().map(({ to }) => to)).toEqual(['later-1@body.example'])
  })

  it('takes a mail and loses the connection: at the next try it is the same mail', async () => {
    const lost = { address: 'lost-1@body.example' }
    await expect(send(lost)).rejects.toThrow('which it may have taken')
    await send(lost)
    expect(sandbox.mails().map(({ to, times }) => [to, times])).toEqual([[lost.address, 2]])
  })

  it('tells programs what came, of one address where they say which', async () => {
    await send()
    const told = async (query: string) => JSON.parse(await page(`/api/mails${query}`)) as unknown[]
    expect(await told('?to=ada@body.example')).toHaveLength(1)
    expect(await told('?to=other@body.example')).toEqual([])
  })

  it('knows its mails after a restart', async () => {
    await send()
    await sandbox.stop()
    await start()
    expect(sandbox.mails()).toHaveLength(1)
  })
})
