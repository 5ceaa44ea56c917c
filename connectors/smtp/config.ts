import { z } from 'zod'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { parseMailAddress } from '#schemas/values/mail-address'

/** Who mails are from. */
export interface Sender {
  readonly name: string
  readonly address: string
}

/** `name@body.example`, or `Body <name@body.example>`. */
const Sender = z.string().transform((text, context): Sender => {
  const [, name = '', address = text] = /^([^<>\r\n"]{1,80}?)\s*<([^<>]+)>$/.exec(text) ?? []
  try {
    return { name, address: parseMailAddress(address) }
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    context.addIssue(error.reason)
    return z.NEVER
  }
})

/** `smtp://` begins in the clear and goes on by STARTTLS, `smtps://` is TLS from the first byte. */
const ServerUrl = z
  .string()
  .refine((text) => /^smtps?:\/\/[^\s/?#]+\/?$/i.test(text) && URL.canParse(text), {
    // What it refuses may hold a password.
    error: 'is no smtp://host:587 or smtps://host:465',
    abort: true,
  })
  .transform((text) => {
    const { protocol, hostname, port, username, password } = new URL(text)
    const isSecure = protocol === 'smtps:'
    return {
      isSecure,
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (isSecure ? 465 : 587) : Number(port),
      login: username === '' ? undefined : { user: decoded(username), pass: decoded(password) },
    }
  })

// A % that stands for itself is no reason to refuse a password.
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** How the mail server is reached. */
export const SmtpConfig = z
  .object({
    /** With user and password where it wants any, percent-encoded. */
    url: ServerUrl,
    from: Sender,
    /** `off` sends in the clear: for a server on this machine. */
    tls: z.enum(['on', 'off']).default('on'),
    /** By whom the server's certificate is signed, PEM, where not by one that node knows. */
    authority: z.string().optional(),
    /** How long a mail may take from the connection to the last answer. */
    timeout_ms: z.int().positive().max(25_000).default(20_000),
  })
  .refine(({ url, tls }) => tls === 'on' || !url.isSecure, {
    error: 'is for smtp://: smtps:// is TLS',
    path: ['tls'],
  })
  .refine(({ url, tls }) => tls === 'on' || !url.login, {
    error: 'must be on where there is a password',
    path: ['tls'],
  })
export type SmtpConfig = z.input<typeof SmtpConfig>
export type SmtpServer = z.output<typeof SmtpConfig>
