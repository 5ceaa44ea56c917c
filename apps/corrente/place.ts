import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const above = fileURLToPath(new URL('../..', import.meta.url))

/** Root of the checkout; what was built lies in a folder of it. */
export const root = existsSync(join(above, 'bin')) ? above : join(above, '..')

const defaultPortBase = 17_000

/** Ports of the sandboxes of the outside parties, counted from the same base as all. */
export const sandboxPortsOf = (portBase: number) => ({
  examplepay: portBase + 11,
  core: portBase + 12,
  externalPage: portBase + 13,
  govpay: portBase + 14,
  mypay: portBase + 15,
  iris: portBase + 16,
  mail: portBase + 17,
  webhook: portBase + 18,
})

/** Where the sandbox of the mail server speaks SMTP; its page is with the others. */
export const smtpPortOf = (portBase: number): number => portBase + 25

/** Ports of one embedded installation, all on loopback and all counted from one base. */
export const portsOf = (portBase: number) => ({
  worker: portBase + 1,
  paymentProxy: portBase + 2,
  ingest: portBase + 3,
  operations: portBase + 4,
  poller: portBase + 5,
  debitEdge: portBase + 6,
  debitProjector: portBase + 7,
  exportsApi: portBase + 8,
  ...sandboxPortsOf(portBase),
  smtp: smtpPortOf(portBase),
  ksqldb: portBase + 88,
})

/** Where the installation of a port base keeps its data: below CORRENTE_HOME, else below the checkout. */
export const dataDirOf = (portBase: number): string =>
  resolve(process.env['CORRENTE_HOME'] || join(root, '.corrente'), `stack-${portBase}`)

/** Parses `--port-base`; throws a sentence where it is no usable base. */
export function portBaseOf(text: string | undefined): number {
  if (text === undefined) return defaultPortBase
  const portBase = Number(text)
  if (!Number.isInteger(portBase) || portBase < 1_024 || portBase > 65_400) {
    throw new Error(`--port-base ${text}: say a number from 1024 to 65400`)
  }
  return portBase
}
