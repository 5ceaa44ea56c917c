import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import { within } from '#apps/platform/deadline'
import { isLinkLocal } from '#schemas/values/link-local'
import { outgoingLookup } from '#core/outgoing-agents'
import { hasCredentials } from '#apps/platform/web-address'
import { RejectedError, TransientError } from '#core/errors'
import { isAllowedHost } from '#schemas/values/allowed-host'

export type StepName =
  'configured' | 'schema' | 'split' | 'hosts' | 'dns' | 'tls' | 'credentials' | 'open-and-cancel'

/** One step of a check, told in a sentence without secrets. */
export interface Step {
  readonly step: StepName
  readonly state: 'ok' | 'failed' | 'skipped'
  readonly detail: string
}

export const ok = (step: StepName, detail: string): Step => ({ step, state: 'ok', detail })
export const failed = (step: StepName, detail: string): Step => ({ step, state: 'failed', detail })
export const skipped = (step: StepName, detail: string): Step => ({
  step,
  state: 'skipped',
  detail,
})

const stepMsMax = 4_000
const daysSoon = 30
const dayMs = 24 * 3_600_000

const hostOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '')

/** Whether payers may be sent anywhere: to pay, and back. */
export function hostsStep(url: URL | undefined, hosts: readonly string[]): Step {
  if (hosts.length === 0) {
    const detail = 'no host is allowed, so that no payer is sent to pay nor back: list some'
    return failed('hosts', detail)
  }
  const told = `payers may be sent to ${hosts.join(', ')}`
  const isAmong = !url || isAllowedHost(url, hosts)
  const where = `; ${url?.host} is not among them: its pages must be elsewhere`
  return ok('hosts', isAmong ? told : told + where)
}

/** Whether the host has an address, and none that only machines beside this one have. */
export async function dnsStep(url: URL): Promise<Step> {
  if (hasCredentials(url.href)) return failed('dns', 'the address has credentials in it')
  const late = () => new Error('no answer in time')
  try {
    const found = await within(stepMsMax, lookup(hostOf(url), { all: true }), late)
    const isBeside = found.some(({ address }) => isLinkLocal(address))
    if (isBeside) return failed('dns', 'the address is link-local: no intermediary is there')
    return ok('dns', isIP(hostOf(url)) ? 'is an address already' : 'the name has an address')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return failed('dns', `the name has no address (${code ?? message})`)
  }
}

/** Whether a TLS connection is trusted, and how long the certificate is good; by `ca` alone where it is given. */
export async function tlsStep(url: URL, ca?: string): Promise<Step> {
  if (url.protocol !== 'https:') return skipped('tls', 'the address is plain http: not encrypted')
  try {
    const days = Math.floor(((await certificateEnd(url, ca)) - Date.now()) / dayMs)
    const until = `the certificate is good for ${days} days`
    return ok('tls', days < daysSoon ? `${until} only: have it renewed` : until)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return failed('tls', `the connection is not trusted, or there is none (${code ?? message})`)
  }
}

const certificateEnd = (url: URL, ca?: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const host = hostOf(url)
    const named = { ...(isIP(host) ? {} : { servername: host }), ...(ca ? { ca } : {}) }
    // The name may lead elsewhere than it did a step before.
    const lookup = outgoingLookup()
    const socket = connect({ host, port: Number(url.port || 443), lookup, ...named })
    const late = setTimeout(() => socket.destroy(new Error('no answer in time')), stepMsMax)
    socket.once('close', () => clearTimeout(late))
    socket.once('error', reject)
    socket.once('secureConnect', () => {
      resolve(Date.parse(socket.getPeerCertificate().valid_to))
      socket.destroy()
    })
  })

/** One question to the intermediary: `success` where it does not throw. */
export async function askedStep(
  step: StepName,
  success: string,
  question: (signal: AbortSignal) => Promise<void>,
): Promise<Step> {
  const late = () => new TransientError('the intermediary did not answer in time')
  try {
    await within(stepMsMax, question(AbortSignal.timeout(stepMsMax)), late)
    return ok(step, success)
  } catch (error) {
    // Whatever else is thrown may have more in its words than is meant for a page.
    const isTold = error instanceof RejectedError || error instanceof TransientError
    return failed(step, isTold ? error.message : 'the connector broke at this')
  }
}
