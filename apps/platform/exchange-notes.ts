import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import type { PlatformSettings } from '#apps/platform/settings'
import type { Exchange } from '#core/exchanges'
import type { Log } from '#core/log'
import { openPublisher, type Publisher } from '#core/publisher'
import { outsideSpans } from '#core/span-here'
import { appVersion } from '#core/version'
import { newWire } from '#core/wire'
import { paymentExchanges } from '#schemas/topics'
import { type Noted, type NotesOf, toPaymentExchange } from '#streams/payments/noted-intermediary'

/** Writes what is exchanged with intermediaries to `payment.exchanges`, beside all else and never in its way. */
export interface ExchangeNotes {
  /** Undefined where nothing is to be noted: then nothing is done about it. */
  readonly notesOf: NotesOf | undefined
  /** Gives what waits a moment to be written. */
  close(): Promise<void>
}

type Writing = Pick<Publisher, 'publish' | 'close'>

interface Options {
  /** Called when the first exchange is noted, and again a while after it failed or broke. */
  readonly open: (onBroken: () => void) => Promise<Writing>
  readonly log: Log
  readonly waitingMax?: number
  readonly retryMs?: number
}

/** Nobody waits for a note: those of a moment are written together, by a request for each partition. */
const lingerMs = 100
const writingMax = 256
const closingMsMax = 1_000
const tellingMs = 60_000

interface Waiting {
  readonly noted: Noted
  readonly exchange: Exchange
}

/**
 * Notes what it can: what does not fit into the queue, or cannot be written, is left out and counted in the log once a
 * minute. Nobody waits for it and nothing fails by it.
 */
export function exchangeNotes(options: Options): ExchangeNotes & { readonly notesOf: NotesOf } {
  const { log, waitingMax = 1_000, retryMs = 30_000 } = options
  const waiting: Waiting[] = []
  const writing = new Set<Promise<void>>()
  let draining: Promise<void> | undefined
  let opened: Promise<Writing | undefined> | undefined
  let retryAtMs = 0
  const leftOut = countLeftOut(log)

  const later = (): void => {
    void opened?.then((broken) => broken?.close())
    opened = undefined
    retryAtMs = performance.now() + retryMs
  }
  const publisher = (): Promise<Writing | undefined> => {
    if (opened === undefined && performance.now() < retryAtMs) return Promise.resolve(undefined)
    opened ??= options.open(later).catch((error: Error) => {
      later()
      log.warn({ reason: error.message }, 'exchanges are not noted')
      return undefined
    })
    return opened
  }

  const write = async ({ noted, exchange }: Waiting): Promise<void> => {
    const to = await publisher()
    if (!to) return leftOut()
    const headers = { 'correlation-id': noted.payment_id }
    const record = toPaymentExchange(noted, exchange)
    await to.publish(paymentExchanges, record, headers).then(() => undefined, leftOut)
  }

  const drain = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      // Whoever is served meanwhile goes first.
      await turn()
      if (writing.size >= writingMax) await Promise.race(writing)
      const one = write(next)
        .catch(leftOut)
        .finally(() => writing.delete(one))
      writing.add(one)
    }
    draining = undefined
  }

  return {
    notesOf: (noted) => (exchange) => {
      if (waiting.length >= waitingMax) return leftOut()
      waiting.push({ noted, exchange })
      draining ??= outsideSpans(drain)
    },
    async close() {
      const done = (async () => {
        await draining
        await Promise.all(writing)
      })()
      await Promise.race([done, sleep(closingMsMax, undefined, { ref: false })])
      waiting.length = 0
      await (await opened)?.close()
    },
  }
}

/** The notes of an app, by a connection of their own: what breaks it harms nothing else. */
export const openExchangeNotes = (
  { kafka, wire: settings, areExchangesNoted }: PlatformSettings,
  app: string,
  log: Log,
): ExchangeNotes => {
  if (!areExchangesNoted) return { notesOf: undefined, close: async () => undefined }
  return exchangeNotes({
    log,
    async open(onBroken) {
      const wire = newWire(settings)
      await wire.prepareWrite([paymentExchanges])
      return openPublisher(kafka, wire, `${app}:${appVersion}`, { onBroken, lingerMs })
    },
  })
}

/** Counts, and tells of the count now and then. */
function countLeftOut(log: Log): () => void {
  let count = 0
  let toldAtMs = -Infinity
  return () => {
    count += 1
    if (performance.now() - toldAtMs < tellingMs) return
    toldAtMs = performance.now()
    log.warn({ count }, 'exchanges were not noted')
    count = 0
  }
}
