import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Decisions,
  type ReadLetter,
  readDeadLetters,
  readDecisions,
} from '#apps/platform/inspection/dead-letters'
import { goneSentence, isDeclared } from '#apps/platform/inspection/gone-units'
import { existingPartitionsIn, type LogAccess } from '#apps/platform/inspection/log-access'
import {
  isLeftOut,
  isSelected,
  type LetterSelection,
  selectionText,
} from '#apps/platform/operating/letter-selection'
import {
  begunOperation,
  type Operation,
  prepareOperation,
} from '#apps/platform/operating/operation'
import type { Operator } from '#apps/platform/operating/operator'
import { type AtomicWriter, openAtomicWriter } from '#core/atomic-writer'
import { stamped } from '#core/envelope'
import { type DeadLetter, placeOf, redriven, redriveRefusal } from '#core/redrive'
import type { OutputRecord } from '#core/records'
import { appVersion } from '#core/version'
import type { Wire } from '#core/wire'
import { redrives } from '#schemas/engine/redrives'
import { redriveTopic } from '#schemas/engine/unit-topics'
import { formatDateTime } from '#schemas/values/date-time'

/** A decision to take on some dead letters of a unit. */
export interface Deciding {
  readonly action: 'redriven' | 'dropped'
  readonly selection: LetterSelection
  readonly operator: Operator
  readonly reason: string | null
  /** Letters a second. */
  readonly rate: number
  /** Also letters that were decided on, or whose original was sent back, before. */
  readonly isAgain: boolean
  /** An original that was sent back so often is not, whoever asks; ten where absent. */
  readonly redrivesMax?: number
  readonly isDryRun: boolean
  /** Told of each letter once its decision is committed, or would be. */
  readonly onDecided: (letter: DeadLetter) => void
}

/** What came of it. */
export interface Decided {
  /** Places of the letters decided on. */
  readonly decided: readonly string[]
  readonly refused: readonly Refusal[]
  /** Letters that nobody can say of whose they are, where only a tenant's were meant: they stay as they are. */
  readonly leftOut: number
}

interface Refusal {
  readonly place: string
  readonly reason: string
}

/**
 * Decides on the selected letters: in one transaction each original goes back to its unit (where it is redriven) and
 * the decision is noted, on `corrente.redrives` for each and on `corrente.operations` for all of them. Whoever decides
 * on the same unit at the same time is fenced: the one who came later goes on. Throws where the unit is gone and letters
 * were to be sent back, the topics are missing, Kafka is away, or this process was fenced; what was decided stands.
 */
export async function decideLetters(log: LogAccess, deciding: Deciding): Promise<Decided> {
  const { unit, tenant } = deciding.selection
  if (deciding.action === 'redriven') {
    if (!isDeclared(unit)) throw new Error(goneSentence(unit))
    await existingPartitionsIn(log, redriveTopic(unit))
  }
  await prepareOperation(log, [redrives])
  const decide = async (writer: AtomicWriter | undefined) => {
    const decisions = await readDecisions(log)
    const letters = readDeadLetters(log, unit, { areTenantsRead: tenant !== undefined })
    return decideOn({ wire: log.wire, letters, decisions, writer }, deciding)
  }
  if (deciding.isDryRun) return decide(undefined)
  // Before the decisions are read: no earlier writer can add one to them any more.
  const writer = await openAtomicWriter(log.kafka, `corrente-redrive-${unit}`)
  try {
    return await decide(writer)
  } finally {
    await writer.close()
  }
}

/** Transactions a second, at most, and letters and bytes of one: it must not outlast the broker's patience. */
const transactionsPerSecond = 10
const lettersMax = 100
const bytesMax = 8_000_000

interface Reading {
  readonly wire: Wire
  readonly letters: AsyncIterable<readonly ReadLetter[]>
  readonly decisions: Pick<Decisions, 'of'>
  /** Undefined for a dry run. */
  readonly writer: Pick<AtomicWriter, 'write'> | undefined
}

/** Decides on letters as they are read. */
export async function decideOn(reading: Reading, deciding: Deciding): Promise<Decided> {
  const { wire, letters: batches, decisions, writer } = reading
  const { selection, rate, onDecided } = deciding
  const { limit = Infinity } = selection
  const decided: string[] = []
  const refused: Refusal[] = []
  let leftOut = 0
  const note = begunOperation(wire, operationOf(deciding))
  const chunkMax = Math.min(lettersMax, Math.max(1, Math.floor(rate / transactionsPerSecond)))
  const beganMs = performance.now()
  const commit = async (letters: readonly DeadLetter[]) => {
    const dueMs = beganMs + (decided.length / rate) * 1_000
    if (writer) await sleep(Math.max(0, dueMs - performance.now()))
    const outputs = letters.flatMap((letter) => outputsOf(reading, deciding, letter))
    await writer?.write([...outputs, note(letters.map(({ record }) => placeOf(record)))])
    for (const letter of letters) {
      decided.push(placeOf(letter.record))
      onDecided(letter)
    }
  }
  for await (const letters of batches) {
    const { allowed, refusals } = sorted(letters, decisions, deciding)
    refused.push(...refusals)
    leftOut += letters.filter((one) => isLeftOut(selection, one) && !decisions.of(one)).length
    const left = allowed.slice(0, limit - decided.length)
    for (const chunk of chunksOf(left, chunkMax)) await commit(chunk)
    if (decided.length >= limit) break
  }
  return { decided, refused, leftOut }
}

const operationOf = ({ action, operator, reason, selection }: Deciding): Operation => ({
  action: action === 'redriven' ? 'redrive' : 'drop',
  operator,
  reason,
  unit: selection.unit,
  selection: selectionText(selection),
})

function chunksOf(letters: readonly DeadLetter[], countMax: number): DeadLetter[][] {
  const chunks: DeadLetter[][] = []
  let bytes = 0
  for (const letter of letters) {
    const size = letter.record.value?.length ?? 0
    const last = chunks.at(-1)
    if (last && last.length < countMax && bytes + size <= bytesMax) {
      last.push(letter)
      bytes += size
    } else {
      chunks.push([letter])
      bytes = size
    }
  }
  return chunks
}

/** The selected letters that may be decided on, and why the others may not. */
function sorted(
  letters: readonly ReadLetter[],
  decisions: Pick<Decisions, 'of'>,
  { action, selection, isAgain, redrivesMax }: Deciding,
) {
  const allowed: DeadLetter[] = []
  const refusals: Refusal[] = []
  for (const letter of letters.filter((one) => isSelected(selection, one))) {
    const decision = decisions.of(letter)
    // One that is done with is nobody's concern, unless it is named.
    if (decision && !isAgain && selection.offset === undefined) continue
    const reason =
      action === 'redriven'
        ? redriveRefusal(letter, decision, isAgain, redrivesMax)
        : decision && !isAgain && `it was ${decision.action} at ${decision.at}`
    if (reason) refusals.push({ place: placeOf(letter.record), reason })
    else allowed.push(letter)
  }
  return { allowed, refusals }
}

/** What is written for one letter, together. */
function outputsOf(
  { wire, decisions }: Reading,
  { action, operator: { name: operator }, reason }: Deciding,
  letter: DeadLetter,
): readonly OutputRecord[] {
  const { unit, record } = letter
  const { partition, offset } = record
  const now = new Date()
  const decision = { unit, partition, offset, action, at: formatDateTime(now), operator, reason }
  const stamp = { eventId: randomUUID(), createdAt: now, appId: `corrente:${appVersion}` }
  const value = wire.encode(redrives, stamped(redrives, decision, stamp))
  const headers = { 'correlation-id': stamp.eventId }
  const note = { topic: redrives.name, partition: null, key: unit, value, headers }
  return action === 'redriven' ? [redriven(letter, decisions.of(letter)), note] : [note]
}
