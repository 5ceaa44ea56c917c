import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { exampleCertificate } from '#apps/payment-proxy/configuration/example-certificate'
import { exampleMail } from '#connectors/smtp/example-mail'
import { type SmtpConfig, smtpMailServer } from '#connectors/smtp/index'
import { TransientError } from '#core/errors'

const ours = exampleCertificate(30)
const servers: SMTPServer[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

/** A server with a certificate of its own that takes mails of `user`, and tells how each came. */
async function startServer(options: SMTPServerOptions = {}) {
  const taken: string[] = []
  const server = new SMTPServer({
    ...ours,
    disableReverseLookup: true,
    closeTimeout: 10,
    onAuth({ username, password }, _session, answer) {
      if (username === 'user' && password === 'p@ss') return answer(null, { user: username })
      answer(new Error('wrong password'))
    },
    onData(stream, session, answer) {
      stream.resume().on('end', () => {
        taken.push(`${session.secure ? 'TLS' : 'clear'} ${String(session.user)}`)
        answer()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { taken, port: (server.server.address() as AddressInfo).port }
}

const send = (config: Partial<SmtpConfig> & { readonly url: string }) =>
  smtpMailServer({ from: 'no-reply@body.example', timeout_ms: 2_000, ...config }).send(
    exampleMail(),
    new AbortController().signal,
  )

describe('a mail server behind TLS', () => {
  it('is spoken to by TLS from the first byte', async () => {
    const { taken, port } = await startServer({ secure: true })
    await send({ url: `smtps://user:p%40ss@127.0.0.1:${port}`, authority: ours.cert })
    expect(taken).toEqual(['TLS user'])
  })

  it('is spoken to by TLS after the greeting, and shown the password only then', async () => {
    const { taken, port } = await startServer()
    await send({ url: `smtp://user:p%40ss@127.0.0.1:${port}`, authority: ours.cert })
    expect(taken).toEqual(['TLS user'])
  })

  it('that has no TLS gets neither mail nor password', async () => {
    const { taken, port } = await startServer({
      disabledCommands: ['STARTTLS'],
      authOptional: true,
    })
    const url = `smtp://user:p%40ss@127.0.0.1:${port}`
    await expect(send({ url, authority: ours.cert })).rejects.toThrow(TransientError)
    expect(taken).toEqual([])
  })

  it.each(['smtp', 'smtps'])('that nobody trusts gets nothing (%s)', async (scheme) => {
    const { taken, port } = await startServer({ secure: scheme === 'smtps' })
    await expect(send({ url: `${scheme}://user:p%40ss@127.0.0.1:${port}` })).rejects.toThrow(
      TransientError,
    )
    expect(taken).toEqual([])
  })

  it('that refuses the password refuses no mail: it is tried again', async () => {
    const { port } = await startServer({ secure: true })
    const url = `smtps://user:other@127.0.0.1:${port}`
    await expect(send({ url, authority: ours.cert })).rejects.toThrow(
      new TransientError('the mail server answered 535 to AUTH PLAIN'),
    )
  })
})
