import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { Bell } from '#core/bell'
import { CallLimits } from '#core/call-limits'
import { Circuits } from '#core/circuits'
import { TransientError } from '#core/errors'
import { parkedRows } from '#core/example-parked'
import { input, recordOf } from '#core/example-unit'
import { noState } from '#core/handle-record'
import type { Item } from '#core/item'
import { Lane } from '#core/lane'
import type { Settled } from '#core/lane-entries'
import type { InputRecord, Position } from '#core/records'
import { PartyLines } from '#core/party-lines'
import { defineTask, type Task } from '#core/processor'

const textOf = (value: unknown) => value as string
type Answer = (text: string, signal: AbortSignal) => Promise<void>

interface Given {
  readonly concurrency?: number
  readonly concurrencyPerParty?: number
  readonly timeoutMs?: number
  readonly overtakenMs?: number
  readonly attemptsMax?: number
  readonly onExhausted?: Task['onExhausted']
  readonly rows?: ReturnType<typeof parkedRows>
}

function taskOf(answer: Answer, given: Given, calls: string[]) {
  const { concurrency = 10, timeoutMs = 1_000, attemptsMax = 100 } = given
  return defineTask({
    name: 'calling',
    input,
    outputs: [],
    orderBy: (value) => textOf(value).charAt(0),
    partyOf: (value) => textOf(value).split(' ')[1] ?? 'bank',
    concurrency,
    ...(given.concurrencyPerParty ? { concurrencyPerParty: given.concurrencyPerParty } : {}),
    timeoutMs,
    retry: { delayMsFirst: 1_000, delayMsMax: 1_000, attemptsMax },
    async run(value, { signal }) {
      calls.push(textOf(value))
      await answer(textOf(value), signal)
      return []
    },
    ...(given.onExhausted ? { onExhausted: given.onExhausted } : {}),
  })
}

/** Keeps what a lane hands over, and says it in words. */
const tellInto =
  ({ rows }: ReturnType<typeof parkedRows>, stands: number[]) =>
  (settled: Settled): string => {
    const { item, kind } = settled
    if (kind !== 'postponed' && item.behind) stands.push(item.behind.offset)
    if (kind === 'done') {
      if (settled.place !== undefined) rows.delete(settled.place)
      const { cause } = settled.outcome
      return `${textOf(item.value)} done${cause instanceof Error ? ` (${cause.message})` : ''}`
    }
    if (settled.row) rows.set(settled.row.place, settled.row)
    if (kind === 'released') return `${item.releases} ${settled.row ? 'released' : 'not waiting'}`
    return `${textOf(item.value)} ${kind}`
  }

/** What an operator writes to release an order key, as the unit reads it. */
function releasing(orderKey: string, offset: number): Item {
  const record = { ...recordOf(Buffer.from('')), topic: 'calling.redrive', offset }
  const outcome = { emissions: [], isBug: false, attempts: 0, lookedUp: [] }
  return { record, value: undefined, outcome, releases: orderKey, behind: behindOf(record) }
}

const behindOf = ({ topic, partition, offset }: InputRecord): Position => ({
  topic,
  partition,
  offset: offset + 1,
})

/**
 * A lane whose calls the test answers. A record is text: `a1 bank` is the first of the order key `a`, for the bank.
 * What it hands over is kept as the session would keep it.
 */
export function laneOf(answer: Answer, given: Given = {}) {
  const { concurrency = 10, rows = parkedRows() } = given
  const calls: string[] = []
  const told: string[] = []
  const stands: number[] = []
  const bell = new Bell()
  let nowMs = 1_000_000
  const task = taskOf(answer, given, calls)
  const circuits = new Circuits({ now: () => nowMs, onChange: ({ state }) => told.push(state) })
  const limits = new CallLimits(concurrency, given.concurrencyPerParty ?? concurrency)
  const lines = new PartyLines(limits, circuits)
  const lane = new Lane({
    task,
    limits,
    circuits,
    lines,
    rows,
    surroundings: () => ({ state: noState, tables: {}, now: new Date() }),
    onTransient: (_, { message }, attempt) => told.push(`${attempt}: ${message}`),
    onHeld: (_, reason) => told.push(`held: ${reason}`),
    onEnded: () => bell.ring(),
    overtakenMs: given.overtakenMs ?? 10_000,
    now: () => nowMs,
  })
  onTestFinished(() => lane.abandon())
  let offset = 0
  const add = (...records: string[]) => {
    for (const value of records) {
      const record = { ...recordOf(Buffer.from(value)), offset: offset++ }
      lane.add({ record, value, behind: behindOf(record) })
    }
  }
  const tell = tellInto(rows, stands)
  /** One turn of the unit's loop. */
  const turn = () => {
    const settled = lane.collect().map(tell)
    lane.lineUp()
    lines.start()
    lane.start()
    return settled
  }
  return {
    lane,
    add,
    release: (orderKey: string) => lane.add(releasing(orderKey, offset++)),
    turn,
    calls,
    told,
    /** Where the unit goes on after each that was handed over; nothing of those that left their place before. */
    stands,
    rows,
    /** Turns of the loop until so much was handed over. */
    async until(count: number): Promise<string[]> {
      const all = turn()
      while (all.length < count) {
        await Promise.race([bell.rung(), sleep(20)])
        all.push(...turn())
      }
      return all
    },
    pass: (ms: number) => void (nowMs += ms),
  }
}

/** Answers of a party: none, ever. */
export const never: Answer = () => new Promise(() => undefined)
/** It is away. */
export const away: Answer = async () => {
  throw new TransientError('away')
}
/** It is away for these records. */
export const refuses =
  (...texts: string[]): Answer =>
  async (text) => {
    if (texts.includes(text)) throw new TransientError('away')
  }
