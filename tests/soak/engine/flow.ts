import { setTimeout as sleep } from 'node:timers/promises'
import { called, connect, disconnect, enqueue, newProducer, type Producer } from '#core/kafka'
import { benchEvent, eventBytes, keyNumberOf, keyOf } from '#tests/bench/engine/bench-events'
import { openProgress } from '#tests/soak/engine/progress'
import type { SoakStack } from '#tests/soak/engine/soak-stack'
import { nameOf, topicsOf, type UnitSpec } from '#tests/soak/engine/soak-units'
import { until } from '#tests/until'

/** Numbered events that flow into units, a bounded number ahead of what they have handled. */
export interface Flow {
  readonly units: readonly UnitSpec[]
  readonly keys: number
  sent(unit: UnitSpec): number
  /** How many will have been sent in all once it is over, over all units. */
  readonly wanted: number
  handled(unit: UnitSpec): number
  handledAll(): number
  /** So many more are to be sent to each unit. */
  more(records: number): void
  /** What was sent is all that is wanted. */
  enough(): void
  /** Resolves once all that is wanted was sent and is handled. Throws where that takes longer. */
  settled(msMax: number): Promise<void>
  /** Ends the sending; what was sent is acknowledged. */
  close(): Promise<void>
}

interface Options {
  readonly units: readonly UnitSpec[]
  /** Registry id of the events' schema. */
  readonly schemaId: number
  readonly keys: number
  /** Records for each unit. */
  readonly records: (unit: UnitSpec) => number
  /** So many may be sent and not be handled, over all units: none of them gets far ahead of the slowest. */
  readonly aheadMax: number
  /** Records a second for each unit, at most. */
  readonly perSecond?: number
}

const chunk = 500
const tickMs = 20

interface Line {
  readonly unit: UnitSpec
  wanted: number
  sent: number
  handled: number
}

/** Begins at once, with event 0 of each unit. */
export async function startFlow(stack: SoakStack, options: Options): Promise<Flow> {
  const { units, keys } = options
  const producer = newProducer(stack.kafka)
  await connect(producer, stack.kafka)
  producer.setPollInterval(20)
  const progress = await openProgress(stack, units)
  const lines = units.map((unit) => ({ unit, wanted: options.records(unit), sent: 0, handled: 0 }))
  const lineOf = (unit: UnitSpec) => lines.find((line) => line.unit === unit)!
  const sumOf = (what: 'wanted' | 'handled') => lines.reduce((sum, line) => sum + line[what], 0)
  let isEnding = false
  const send = async () => {
    while (!isEnding) {
      const slowest = Math.min(...lines.map(({ handled, wanted }) => handled / wanted))
      for (const line of lines) {
        const ahead = (line.wanted / sumOf('wanted')) * options.aheadMax
        sendSome(producer, line, { ...options, upTo: Math.floor(slowest * line.wanted + ahead) })
      }
      await sleep(tickMs)
    }
  }
  const look = async () => {
    while (!isEnding) {
      for (const line of lines) line.handled = await progress.handled(line.unit)
      await sleep(100)
    }
  }
  const works = Promise.all([send(), look()])
  // Whoever ends it hears of it; until then it must not end the process.
  works.catch(() => undefined)
  return {
    units,
    keys,
    get wanted() {
      return sumOf('wanted')
    },
    sent: (unit) => lineOf(unit).sent,
    handled: (unit) => lineOf(unit).handled,
    handledAll: () => sumOf('handled'),
    more(records) {
      for (const line of lines) line.wanted += records
    },
    enough() {
      for (const line of lines) line.wanted = line.sent
    },
    settled: (msMax) => untilSettled(lines, { msMax, signal: stack.signal }),
    async close() {
      isEnding = true
      try {
        await works
        // Without a broker nothing more is acknowledged: whoever waited for it was told.
        const flushed = called((done) => producer.flush(5_000, (error) => done(error, undefined)))
        await flushed.catch(() => undefined)
      } finally {
        await progress.close()
        await disconnect(producer)
      }
    },
  }
}

function sendSome(
  producer: Producer,
  line: Line,
  options: Options & { readonly upTo: number },
): void {
  const { schemaId, keys, upTo, perSecond = Infinity } = options
  const perTick = Math.min(chunk, Math.max(1, Math.round((perSecond * tickMs) / 1_000)))
  const room = Math.min(perTick, line.wanted - line.sent, upTo - line.sent)
  const { name: topic } = topicsOf(line.unit).input
  for (let n = 0; n < room; n++) {
    const key = keyOf(keyNumberOf(line.sent, keys))
    const value = eventBytes(schemaId, benchEvent(line.sent, key))
    if (!enqueue(producer, { topic, partition: null, key, value, headers: {} })) return
    line.sent += 1
  }
}

async function untilSettled(
  lines: readonly Line[],
  within: { readonly msMax: number; readonly signal: AbortSignal },
): Promise<void> {
  const isSettled = () =>
    lines.every(({ sent, wanted, handled }) => sent === wanted && handled >= wanted)
  await until('all is handled', isSettled, within).catch((error: Error) => {
    const texts = lines.map(
      ({ unit, sent, wanted, handled }) => `${nameOf(unit)} ${handled}, ${sent}/${wanted} sent`,
    )
    throw new Error(`${error.message}: ${texts.join('; ')}`)
  })
}
