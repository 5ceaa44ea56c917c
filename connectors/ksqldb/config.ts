import { z } from 'zod'

const ms = (value: number) => z.int().positive().max(600_000).default(value)

/** How to reach a ksqlDB server. Credentials may be in the URL or beside it, not both. */
export const KsqldbConfig = z
  .object({
    url: z.url({ protocol: /^https?$/ }),
    username: z.string().min(1).optional(),
    password: z.string().optional(),
    /** Both speak the same; 2 without TLS is by prior knowledge. */
    http: z.enum(['1.1', '2']).default('1.1'),
    /** `v1` says where an answer ends, so that one cut short is always seen; `delimited` relies on the connection. */
    format: z.enum(['v1', 'delimited']).default('v1'),
    /** Certificates trusted in place of the well-known ones, PEM. */
    ca: z.string().optional(),
    connect_ms: ms(5_000),
    /** Until the first row, or the end where there is none. */
    first_row_ms: ms(30_000),
    /** Between two pieces of an answer, while we wait for one. */
    idle_ms: ms(30_000),
    /** Pull queries that may wait for the one that runs. */
    waiting_max: z.int().min(0).max(10_000).default(64),
  })
  .refine(({ url }) => !/[?#]/.test(url), 'url: has a query or a fragment')
  .refine(
    ({ url, username }) => username === undefined || new URL(url).username === '',
    'username: there is one in the url already',
  )
export type KsqldbConfig = z.input<typeof KsqldbConfig>

/** Where requests go, without credentials, and the header that carries these. */
export interface Origin {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly ca: string | undefined
}

export function originOf({ url, username, password, ca }: z.output<typeof KsqldbConfig>): Origin {
  const origin = new URL(url)
  const user = username ?? decodeURIComponent(origin.username)
  const word = password ?? decodeURIComponent(origin.password)
  origin.username = origin.password = ''
  const encoded = Buffer.from(`${user}:${word}`).toString('base64')
  return { url: origin, headers: user === '' ? {} : { authorization: `Basic ${encoded}` }, ca }
}
