import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { connect } from 'node:tls'
import { within } from '#apps/platform/deadline'
import { RejectedError, TransientError } from '#core/errors'

export type StepName =
  'configured' | 'schema' | 'split' | 'dns' | 'tls' | 'credentials' | 'open-and-cancel'

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

const linkLocal = new BlockList()
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4')
linkLocal.addSubnet('fe80::', 10, 'ipv6')

const hostOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '')

/** Whether the host has an address, and none that only machines beside this one have. */
export async function dnsStep(url: URL): Promise<Step> {
  const late = () => new Error('no answer in time')
  try {
    const found = await within(stepMsMax, lookup(hostOf(url), { all: true }), late)
    const isBeside = found.some(({ address, family }) =>
      linkLocal.check(address, family === 6 ? 'ipv6' : 'ipv4'),
    )
    if (isBeside) return failed('dns', 'the address is link-local: no intermediary is there')
    return ok('dns', isIP(hostOf(url)) ? 'is an address already' : 'the name has an address')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return failed('dns', `the name has no address (${code ?? message})`)
  }
}

/** Whether a TLS connection is trusted, and how long the certificate is good. */
export async function tlsStep(url: URL): Promise<Step> {
  if (url.protocol !== 'https:') return skipped('tls', 'the address is plain http: not encrypted')
  try {
    const days = Math.floor(((await certificateEnd(url)) - Date.now()) / dayMs)
    const until = `the certificate is good for ${days} days`
    return ok('tls', days < daysSoon ? `${until} only: have it renewed` : until)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return failed('tls', `the connection is not trusted, or there is none (${code ?? message})`)
  }
}

const certificateEnd = (url: URL): Promise<number> =>
  new Promise((resolve, reject) => {
    const host = hostOf(url)
    const servername = isIP(host) ? {} : { servername: host }
    const socket = connect({ host, port: Number(url.port || 443), ...servername })
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
