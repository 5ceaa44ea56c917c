import net from 'node:net'
import tls from 'node:tls'
import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js'
import type { SmtpServer } from '#connectors/smtp/config'

/** A mail as SMTP carries it. */
export interface Envelope {
  readonly from: string
  readonly to: string
  readonly message: Buffer
}

/** Why a mail was not taken, in the words of SMTP but for its texts, which name persons. */
export class SmtpFailure extends Error {
  override name = 'SmtpFailure'
  /** The reply of the server; undefined where there was none. */
  readonly status: number | undefined
  /** What it replied to, such as `RCPT TO`. */
  readonly command: string
  /** What broke where there was no reply, such as `ECONNREFUSED`. */
  readonly code: string
  /** The mail was on its way, and may have been taken. */
  readonly isUnknown: boolean

  constructor(said: Pick<SmtpFailure, 'status' | 'command' | 'code' | 'isUnknown'>) {
    super(`${said.command} ${said.status ?? said.code}`)
    this.status = said.status
    this.command = said.command
    this.code = said.code
    this.isUnknown = said.isUnknown
  }
}

const quitMsMax = 1_000

/** Hands over one mail by a connection of its own; every failure is an SmtpFailure, and leaves no connection behind. */
export const smtpClient = (server: SmtpServer) => ({
  async deliver(envelope: Envelope, signal: AbortSignal): Promise<void> {
    const socket = socketTo(server)
    const limit = AbortSignal.any([signal, AbortSignal.timeout(server.timeout_ms)])
    const giveUp = () => socket.destroy()
    limit.addEventListener('abort', giveUp)
    const progress = { isSending: false }
    try {
      if (limit.aborted) giveUp()
      await connected(socket, server)
      await exchanged(socket, server, envelope, progress)
      // Whoever hangs up without a word of goodbye is noted by some servers.
      socket.setTimeout(quitMsMax, giveUp)
    } catch (error) {
      socket.destroy()
      throw failureOf(error, { isLate: limit.aborted, isSending: progress.isSending })
    } finally {
      limit.removeEventListener('abort', giveUp)
    }
  },
})

const socketTo = ({ url: { host, port, isSecure }, authority }: SmtpServer): net.Socket =>
  isSecure
    ? tls.connect({ host, port, ...tlsOptions(host, authority) })
    : net.connect({ host, port })

const tlsOptions = (host: string, authority: string | undefined) => ({
  minVersion: 'TLSv1.2' as const,
  ...(net.isIP(host) === 0 ? { servername: host } : {}),
  ...(authority === undefined ? {} : { ca: authority }),
})

const connected = (socket: net.Socket, { url }: SmtpServer): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once(url.isSecure ? 'secureConnect' : 'connect', () => resolve())
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('closed')))
  })

/** From the greeting of the server to its word that it took the mail. */
const exchanged = (
  socket: net.Socket,
  server: SmtpServer,
  { from, to, message }: Envelope,
  progress: { isSending: boolean },
): Promise<void> =>
  new Promise((resolve, reject) => {
    const { url, tls: tlsMode, authority, timeout_ms } = server
    const connection = new SMTPConnection({
      connection: socket,
      host: url.host,
      port: url.port,
      secure: url.isSecure,
      secured: url.isSecure,
      requireTLS: tlsMode === 'on' && !url.isSecure,
      ignoreTLS: tlsMode === 'off',
      tls: tlsOptions(url.host, authority),
      greetingTimeout: timeout_ms,
      socketTimeout: timeout_ms,
    })
    const send = () => {
      progress.isSending = true
      connection.send({ from, to: [to] }, message, (error) => {
        if (error) return reject(error)
        connection.quit()
        resolve()
      })
    }
    // Not once: an error that nobody hears ends the process.
    connection.on('error', reject)
    connection.once('end', () => reject(new Error('closed')))
    connection.connect((error) => {
      if (error) return reject(error)
      if (!url.login) return send()
      connection.login({ credentials: url.login }, (refusal) =>
        refusal ? reject(refusal) : send(),
      )
    })
  })

interface Told {
  readonly responseCode?: number
  readonly command?: string
  readonly code?: string
}

function failureOf(
  error: unknown,
  { isLate, isSending }: { readonly isLate: boolean; readonly isSending: boolean },
): SmtpFailure {
  const { responseCode: status, command = 'CONN', code = 'closed' } = error as Told
  const isAnswered = status !== undefined && !isLate
  return new SmtpFailure({
    status: isAnswered ? status : undefined,
    command,
    code: isLate ? 'ETIMEDOUT' : code,
    isUnknown: isSending && !isAnswered,
  })
}
