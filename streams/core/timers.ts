import { derivedId } from '#core/identity'
import type { Write } from '#core/outputs'
import type { Wake } from '#core/processor'
import type { InputRecord } from '#core/records'
import type { PartitionState } from '#core/state'
import type { Wire } from '#core/wire'
import type { Timer } from '#schemas/generated/types'
import type { AnyTopic } from '#schemas/topic'

/** Timers appended in one transaction; a later one takes the rest. */
const dueMax = 500
const digits = 15

const timePart = (instantMs: number): string => String(Math.max(0, instantMs)).padStart(digits, '0')

interface Setting {
  readonly unit: string
  readonly record: InputRecord
  readonly ordinal: number
  readonly key: string
  /** The bytes of the record to append. */
  readonly bytes: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** The row of a timer that a record sets; setting it again, when the record is handled again, is the same row. */
export function timerOf({ wakeAt }: Wake, { unit, record, ordinal, ...rest }: Setting): Timer {
  const due_at = wakeAt.getTime()
  if (!Number.isSafeInteger(due_at)) throw new Error(`${unit} wants to be woken at no instant`)
  return {
    place: `${timePart(due_at)}/${derivedId(unit, record, `timer/${ordinal}`)}`,
    due_at,
    key: rest.key,
    value: rest.bytes,
    headers: Object.entries(rest.headers).map(([name, value]) => ({ name, value })),
  }
}

interface Due {
  readonly input: string
  readonly timers: AnyTopic
  readonly partition: number
  readonly state: PartitionState
  readonly wire: Wire
  readonly nowMs: number
}

/** What is due in a partition: each timer becomes a record of the input there, and its row goes. */
export function dueTimers({ input, timers, partition, state, wire, nowMs }: Due): readonly Write[] {
  const writes: Write[] = []
  const due = state.range(timers.name, { lt: timePart(nowMs + 1), limit: dueMax })
  for (const [place, bytes] of due) {
    const decoded = wire.decode(timers, bytes, place)
    if (decoded.kind !== 'value') continue
    const { key, value, headers } = decoded.value as Timer
    const named = Object.fromEntries(headers.map((header) => [header.name, header.value]))
    writes.push({
      partition,
      outputs: [
        { topic: input, partition, key, value, headers: named },
        { topic: timers.name, partition, key: place, value: null, headers: {} },
      ],
      rows: [{ table: timers.name, key: place, bytes: null }],
    })
  }
  return writes
}
