import { afterEach, describe, expect, it } from 'vitest'
import { exampleMail } from '#connectors/smtp/example-mail'
import { type Replies, startExampleServer } from '#connectors/smtp/example-server'
import { missingMailServer, type SmtpConfig, smtpMailServer } from '#connectors/smtp/index'
import { TransientError } from '#core/errors'

const servers: Awaited<ReturnType<typeof startExampleServer>>[] = []
afterEach(() => servers.splice(0).forEach((server) => server.stop()))

const startServer = async (replies: Replies = {}) => {
  const server = await startExampleServer(replies)
  servers.push(server)
  return server
}
const clientOf = (url: string, changes: Partial<SmtpConfig> = {}) =>
  smtpMailServer({ url, from: 'no-reply@body.example', tls: 'off', timeout_ms: 400, ...changes })
const send = (url: string, changes: Partial<SmtpConfig> = {}, address = 'ada@body.example') =>
  clientOf(url, changes).send(exampleMail({ address }), new AbortController().signal)
const failureOf = async (replies: Replies) => {
  const server = await startServer(replies)
  const failure: unknown = await send(server.url).then(
    () => 'taken',
    (error: unknown) => error,
  )
  await expect.poll(server.open).toBe(0)
  return failure
}

describe('a mail server', () => {
  it('is told the sender, the receiver and the mail, and is told goodbye', async () => {
    const server = await startServer()
    await send(server.url)
    await expect.poll(() => server.told.at(-1)).toBe('QUIT')
    const [hello, from, to, data, message] = server.told
    expect([hello?.split(' ')[0], from, to, data]).toEqual([
      'EHLO',
      'MAIL FROM:<no-reply@body.example>',
      'RCPT TO:<ada@body.example>',
      'DATA',
    ])
    expect(message).toContain('Subject: =?UTF-8?')
    await expect.poll(server.open).toBe(0)
  })

  it.each([
    [{ RCPT: '550 5.1.1 <ada@body.example>: no such mailbox' }, 'smtp-550', 'RCPT TO'],
    [{ DATA: '554 no' }, 'smtp-554', 'DATA'],
    [{ message: '552 too large' }, 'smtp-552', 'DATA'],
  ])('that says %j refuses it for good', async (replies, code, command) => {
    const message = `the mail server answered ${code.slice(5)} to ${command}`
    expect(await failureOf(replies)).toMatchObject({ name: 'RejectedError', code, message })
  })

  it.each([
    [{ RCPT: '450 mailbox busy' }, '450 to RCPT TO', false],
    [{ message: '451 come again' }, '451 to DATA', false],
    [{ RCPT: '421 closing' }, '421 to RCPT TO', true],
    [{ MAIL: '451 come again' }, '451 to MAIL FROM', true],
    // These are about us, and somebody's to mend: no mail is refused for them.
    [{ MAIL: '550 not your sender' }, '550 to MAIL FROM', true],
    [{ RCPT: '530 log in first' }, '530 to RCPT TO', true],
    [{ greeting: '554 no service' }, '554 to CONN', true],
  ])('that says %j is asked again', async (replies, words, isOfParty) => {
    expect(await failureOf(replies)).toMatchObject({
      name: 'TransientError',
      message: `the mail server answered ${words}`,
      isOfParty,
    })
  })

  it.each([
    [{ greeting: 'hang' }, 'the mail server gave no answer (ETIMEDOUT)'],
    [{ greeting: 'drop' }, 'the mail server gave no answer (ECONNECTION)'],
    [{ EHLO: 'hang' }, 'the mail server gave no answer (ETIMEDOUT)'],
    [{ EHLO: 'drip' }, 'the mail server gave no answer (ETIMEDOUT)'],
  ] as const)('that does %j is asked again', async (replies, message) => {
    expect(await failureOf(replies)).toEqual(new TransientError(message))
  })

  it.each(['drop', 'hang'] as const)(
    'that is lost after the mail went out (%s) may have taken it, and is asked again',
    async (reply) => {
      const failure = await failureOf({ message: reply })
      expect(failure).toBeInstanceOf(TransientError)
      expect((failure as Error).message).toMatch(
        /^the mail server was lost after the mail went out, which it may have taken \(E\w+\)$/,
      )
    },
  )

  it('that is not there is asked again', async () => {
    await expect(send('smtp://127.0.0.1:9')).rejects.toThrow(
      new TransientError('the mail server gave no answer (ECONNREFUSED)'),
    )
  })

  it('is let go when nobody waits any more', async () => {
    const server = await startServer({ EHLO: 'hang' })
    const gone = clientOf(server.url, { timeout_ms: 5_000 })
    const sending = gone.send(exampleMail(), AbortSignal.timeout(50))
    const begun = performance.now()
    await expect(sending).rejects.toThrow(TransientError)
    expect(performance.now() - begun).toBeLessThan(1_000)
    await expect.poll(server.open).toBe(0)
  })

  it('never has the words of a server repeated: they name persons', async () => {
    const failure = await failureOf({ RCPT: '550 <ada@body.example> unknown' })
    expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toContain('ada@')
  })
})

it('a mail server that is not configured says so when a mail is due', async () => {
  await expect(missingMailServer.send(exampleMail(), new AbortController().signal)).rejects.toThrow(
    new TransientError('SMTP_URL is not set, so that mails wait: name the mail server'),
  )
})
