import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import express, { type Express } from 'express'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { sceneOf } from '#connectors/smtp/sandbox-magic'
import { homePage, mailPage } from '#connectors/smtp/sandbox-pages'
import { readMail } from '#connectors/smtp/sandbox-reading'
import { type KeptLines, openKeptLines } from '#sandboxes/kept-lines'
import { close, listen, urlOf } from '#sandboxes/loopback-server'

/** A mail that was taken, however often it came. */
export interface TakenMail {
  /** Its Message-ID, by which one is told from another. */
  readonly message_id: string
  readonly from: string
  /** Of the envelope. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly files: readonly { readonly name: string; readonly size: number }[]
  /** ISO 8601, when it came last. */
  readonly taken_at: string
  readonly times: number
}

export interface SmtpSandboxOptions {
  /** Of SMTP; a free one where absent. */
  readonly port?: number
  /** Of the page; a free one where absent. */
  readonly pagePort?: number
  /** Where mails are kept as JSON lines, for a restart; only in memory where absent. */
  readonly dataFile?: string
}

export interface SmtpSandbox {
  /** `smtp://127.0.0.1:<port>`: in the clear, without a password. */
  readonly smtpUrl: string
  /** The page; for programs `GET /api/mails`, `?to=` for those of one address. */
  readonly url: string
  readonly mails: () => readonly TakenMail[]
  stop(): Promise<void>
}

const mailBytesMax = 10_000_000
const closingMs = 100

/** A mail server on 127.0.0.1 that takes every mail and sends none on; its page shows them. Throws where a port is taken. */
export const startSmtpSandbox = async (options: SmtpSandboxOptions = {}): Promise<SmtpSandbox> => {
  const mails = openKeptLines<TakenMail>(({ message_id }) => message_id, options.dataFile)
  // By the port of the other end: a session tells no more of its socket.
  const sockets = new Map<number, Socket>()
  const server = mailServer(mails, (port) => sockets.get(port)?.destroy())
  server.server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket
    sockets.set(remotePort, socket)
    socket.once('close', () => sockets.delete(remotePort))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  // Afterwards an error is a client's that hung up.
  server.on('error', () => undefined)
  const pages = await listen(pagesOf(mails), options.pagePort)
  const { port } = server.server.address() as AddressInfo
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    url: urlOf(pages),
    mails: mails.all,
    stop: async () => {
      await close(pages)
      const closed = new Promise<void>((resolve) => server.close(resolve))
      for (const socket of sockets.values()) socket.destroy()
      await closed
      mails.close()
    },
  }
}

function mailServer(mails: KeptLines<TakenMail>, drop: (remotePort: number) => void): SMTPServer {
  const refusedOnce = new Set<string>()
  const lostOnce = new Set<string>()
  return new SMTPServer({
    banner: 'SANDBOX: no mail leaves this machine',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    authOptional: true,
    size: mailBytesMax,
    closeTimeout: closingMs,
    onRcptTo({ address }, _session, answer) {
      const scene = sceneOf(address)
      if (scene === 'refused') return answer(reply(550, 'no such mailbox'))
      if (scene !== 'later' || refusedOnce.has(address)) return answer()
      refusedOnce.add(address)
      answer(reply(451, 'come again'))
    },
    onData(stream, session, answer) {
      const to = session.envelope.rcptTo[0]?.address ?? ''
      const scene = sceneOf(to)
      buffer(stream)
        .then((message) => {
          if (scene === 'hanging') return
          keep(mails, session, message)
          if (scene !== 'lost' || lostOnce.has(to)) return answer()
          lostOnce.add(to)
          drop(session.remotePort)
        })
        // Whoever hangs up half way has sent no mail.
        .catch(() => undefined)
    },
  })
}

const reply = (responseCode: number, text: string) =>
  Object.assign(new Error(`SANDBOX ${text}`), { responseCode })

function keep(mails: KeptLines<TakenMail>, { envelope }: SMTPServerSession, message: Buffer): void {
  const { headers, text, html, files } = readMail(message)
  const message_id = headers['message-id'] ?? `<none-${mails.all().length}>`
  mails.put({
    message_id,
    from: headers['from'] ?? '',
    to: envelope.rcptTo[0]?.address ?? '',
    subject: headers['subject'] ?? '',
    text,
    html,
    files: files.map(({ name, bytes }) => ({ name, size: bytes.length })),
    taken_at: new Date().toISOString(),
    times: (mails.get(message_id)?.times ?? 0) + 1,
  })
}

function pagesOf(mails: KeptLines<TakenMail>): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use((_request, response, next) => {
    response.set({ 'x-sandbox': 'smtp', 'cache-control': 'no-store' })
    next()
  })
  app.get('/', (_request, response) => void response.send(homePage(mails.all())))
  app.get('/mails/:id', (request, response) => {
    const mail = mails.get(request.params.id)
    response.status(mail ? 200 : 404).send(mailPage(mail))
  })
  app.get('/api/mails', (request, response) => {
    const { to } = request.query
    response.json(mails.all().filter((mail) => to === undefined || mail.to === to))
  })
  app.use((_request, response) => void response.status(404).json({ error: 'not-found' }))
  return app
}
