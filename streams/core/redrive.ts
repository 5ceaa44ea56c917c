import type { InputRecord, OutputRecord } from '#core/records'
import { redrivesHeader } from '#core/redriven'
import type { Redrive } from '#schemas/generated/types'
import { redriveTopic } from '#schemas/engine/unit-topics'

/** A dead letter as an operator sees it. */
export interface DeadLetter {
  readonly unit: string
  /** The letter itself: its place on `<unit>.dlq`, its time, key, bytes and headers. */
  readonly record: InputRecord
  /** The record that was set aside, as it was first read. */
  readonly origin: { readonly topic: string; readonly partition: number; readonly offset: number }
  /** Short name of the failure. */
  readonly error: string
  /** The failure in words; may quote a value of the record. */
  readonly message: string
  readonly attempts: number
  /** How often the original was sent back before this letter was written. */
  readonly redrives: number
  /** Size of an original that is too large to be sent back; its bytes are not in the letter. */
  readonly leftInPlaceBytes: number | undefined
}

/** What was decided on a dead letter, the last word. */
export type Decision = Pick<Redrive, 'action' | 'at' | 'operator' | 'reason'> & {
  /** How often this letter was sent back; never where absent. */
  readonly redrives?: number
}

/** An original that failed so often after it was sent back goes round in a loop: nobody sends it back any more. */
export const redrivesMaxDefault = 10

const numberIn = (headers: InputRecord['headers'], name: string): number =>
  Number(headers[name] ?? 0)

/** Reads a record of `<unit>.dlq`. */
export function deadLetterOf(unit: string, record: InputRecord): DeadLetter {
  const { headers } = record
  const leftInPlace = headers['dlq.left-in-place']
  return {
    unit,
    record,
    origin: {
      topic: headers['dlq.topic'] ?? '',
      partition: numberIn(headers, 'dlq.partition'),
      offset: numberIn(headers, 'dlq.offset'),
    },
    error: headers['dlq.error'] ?? '',
    message: headers['dlq.message'] ?? '',
    attempts: numberIn(headers, 'dlq.attempts'),
    redrives: numberIn(headers, redrivesHeader),
    leftInPlaceBytes: leftInPlace === undefined ? undefined : Number(leftInPlace),
  }
}

/** `<topic>@<partition>:<offset>` */
export const placeOf = ({ topic, partition, offset }: DeadLetter['origin']): string =>
  `${topic}@${partition}:${offset}`

/** How often the original of a letter was sent back, by this letter and by those before it. */
const timesSentBack = ({ redrives }: DeadLetter, decision: Decision | undefined): number =>
  redrives + (decision?.redrives ?? 0)

/**
 * Why the letter must not be sent back, in a sentence; undefined where it may. `isAgain`: an operator takes it on
 * himself that it was sent back, or decided on, before; `redrivesMax` holds all the same.
 */
export function redriveRefusal(
  letter: DeadLetter,
  decision: Decision | undefined,
  isAgain: boolean,
  redrivesMax = redrivesMaxDefault,
): string | undefined {
  const { origin, redrives, leftInPlaceBytes } = letter
  if (leftInPlaceBytes !== undefined) {
    return (
      `the original has ${leftInPlaceBytes} bytes, more than Kafka takes back, and stands at ${placeOf(origin)}: ` +
      'have its writer write it again in smaller parts, then drop this letter'
    )
  }
  const times = timesSentBack(letter, decision)
  if (times >= redrivesMax) {
    return (
      `the original was redriven ${times} times and ${redrivesMax} is the most: it goes round in a loop; ` +
      'mend what refuses it and raise --redrives-max, or drop this letter'
    )
  }
  if (isAgain) return undefined
  if (decision) return `it was ${decision.action} at ${decision.at}; --again does it all the same`
  if (redrives > 0) {
    const often = redrives === 1 ? 'once' : `${redrives} times`
    return `the original was redriven ${often} already and failed again; --again does it once more`
  }
  return undefined
}

/** The original as it goes back to its unit: the same partition number, key and bytes, and where it first stood. */
export function redriven(letter: DeadLetter, decision?: Decision): OutputRecord {
  const { unit, record } = letter
  const { partition, key, value, headers } = record
  const times = timesSentBack(letter, decision) + 1
  return {
    topic: redriveTopic(unit),
    partition,
    key,
    value,
    headers: { ...headers, [redrivesHeader]: String(times) },
  }
}
