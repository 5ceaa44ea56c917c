import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Json } from '#apps/corrente/conformance/observed'
import type { DueNumbers, IntermediaryAccess } from '#apps/corrente/conformance/plan'
import { textAt } from '#apps/corrente/conformance/read-event'
import { ask } from '#apps/corrente/conformance/web'

/** How a caller of the kit says what is to be done at the intermediary. */
export interface IntermediaryOptions {
  /** POSTed to. */
  readonly payUrl?: string | undefined
  readonly payCommand?: string | undefined
  readonly dueCommand?: string | undefined
  readonly landingUrl?: string | undefined
}

const commandMsMax = 60_000

/** What templates and commands are told of a payment; nobody is named in it. */
export const partsOf = (payment: Json): Readonly<Record<string, string>> => ({
  id: textAt(payment, 'id') ?? '',
  iud: textAt(payment, 'payment', 'iud') ?? '',
  iuv: textAt(payment, 'payment', 'iuv') ?? '',
  notice_code: textAt(payment, 'payment', 'notice_code') ?? '',
  amount: Number((payment['payment'] as Json)['amount']).toFixed(2),
})

/** A template with the parts of a payment in the place of `{id}`, `{iud}`, `{iuv}`, `{notice_code}`, `{amount}`. */
export const filledIn = (template: string, payment: Json): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const part = partsOf(payment)[name]
    return part === undefined ? whole : encodeURIComponent(part)
  })

/** What can be done by the addresses and commands that were given. */
export function givenAccess(options: IntermediaryOptions): IntermediaryAccess {
  const { payUrl, payCommand, dueCommand, landingUrl } = options
  return {
    ...(payUrl === undefined
      ? {}
      : { pay: (payment, signal) => posted(filledIn(payUrl, payment), signal) }),
    ...(payCommand === undefined
      ? {}
      : { pay: async (payment, signal) => void (await ran(payCommand, payment, signal)) }),
    ...(dueCommand === undefined
      ? {}
      : {
          openDue: async (payment, signal) => numbersIn(await ran(dueCommand, payment, signal)),
        }),
    ...(landingUrl === undefined
      ? {}
      : { landingUrl: async (payment) => filledIn(landingUrl, payment) }),
  }
}

async function posted(url: string, signal: AbortSignal): Promise<void> {
  const exchange = await ask({ method: 'POST', url }, signal)
  if (!('status' in exchange)) throw new Error(`${exchange.asked}: ${exchange.error}`)
  if (exchange.status >= 400) throw new Error(`${exchange.asked} answered ${exchange.status}`)
}

/** Runs a command of the caller's by the shell, the payment in its environment; what it prints. */
async function ran(command: string, payment: Json, signal: AbortSignal): Promise<string> {
  const parts = Object.entries(partsOf(payment)).map(([name, part]) => [
    `CONFORM_${name.toUpperCase()}`,
    part,
  ])
  const child = spawn(command, {
    shell: true,
    // A group of its own, so that what the shell starts ends with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...(Object.fromEntries(parts) as Record<string, string>) },
  })
  const stopping = AbortSignal.any([signal, AbortSignal.timeout(commandMsMax)])
  const stop = () => child.pid !== undefined && process.kill(-child.pid, 'SIGTERM')
  stopping.addEventListener('abort', stop)
  try {
    const [printed, [code]] = await Promise.all([
      text(child.stdout),
      once(child, 'exit') as Promise<[number | null]>,
    ])
    if (code === 0) return printed
    throw new Error(stopping.aborted ? 'the command was stopped' : `the command ended with ${code}`)
  } finally {
    stopping.removeEventListener('abort', stop)
  }
}

/** What a command that opened a debt prints: `{"notice_code": "…", "iuv": "…"}`. */
function numbersIn(printed: string): DueNumbers {
  try {
    const numbers: unknown = JSON.parse(printed)
    const [notice, iuv] = [textAt(numbers, 'notice_code'), textAt(numbers, 'iuv')]
    if (notice !== undefined || iuv !== undefined) {
      return { notice_code: notice ?? null, iuv: iuv ?? null }
    }
  } catch {
    // Told below, as what lacks both numbers is.
  }
  throw new Error('the command printed no JSON with notice_code or iuv')
}
