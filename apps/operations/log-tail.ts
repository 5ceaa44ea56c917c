import { setTimeout as sleep } from 'node:timers/promises'
import { LetterLedger } from '#apps/operations/letter-ledger'
import { decisionIn } from '#apps/platform/inspection/dead-letters'
import {
  existingPartitionsIn,
  type LogAccess,
  partitionsIn,
} from '#apps/platform/inspection/log-access'
import { ParkedRows, parkingUnits } from '#apps/platform/inspection/parked'
import { readable } from '#core/await-registry'
import { deadLetterTopic } from '#core/dead-letter'
import type { Unit } from '#core/processor'
import { deadLetterOf } from '#core/redrive'
import type { InputRecord } from '#core/records'
import { openTopicReader } from '#core/topic-reader'
import { redrives } from '#schemas/engine/redrives'
import { parkedTopic } from '#schemas/engine/unit-topics'

/** What was set aside and what is parked, as far as it was read. */
export interface Ledgers {
  readonly letters: LetterLedger
  readonly parked: readonly ParkedRows[]
}

/** Reads the topics of dead letters, decisions and parked records from their beginning, and goes on. */
export interface LogTail {
  /** Undefined until everything that was there at the start is read. */
  ledgers(): Ledgers | undefined
  /** Why it is not read, or not read on. */
  problem(): string | undefined
  close(): Promise<void>
}

const pauseMs = 2_000

/** Opens the tail; what breaks is read anew, and the former reading serves until then. */
export function openLogTail(log: LogAccess, units: readonly Unit[]): LogTail {
  const closing = new AbortController()
  const { signal } = closing
  let current: Ledgers | undefined
  let problem: string | undefined
  const told = {
    onRead: (read: Ledgers) => {
      current = read
      problem = undefined
    },
    onWaiting: (reason: string | undefined) => (problem = reason),
  }
  const run = async () => {
    while (!signal.aborted) {
      try {
        await readOn(log, units, { ...told, signal })
      } catch (error) {
        if (signal.aborted) return
        problem = (error as Error).message
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
      }
    }
  }
  const running = run()
  return {
    ledgers: () => current,
    problem: () => problem,
    async close() {
      closing.abort()
      await running
    },
  }
}

interface Reading {
  readonly signal: AbortSignal
  readonly onRead: (ledgers: Ledgers) => void
  readonly onWaiting: (reason: string | undefined) => void
}

/** Reads until it breaks or is aborted; throws then. */
async function readOn(log: LogAccess, units: readonly Unit[], reading: Reading): Promise<void> {
  const { kafka, offsets, wire } = log
  const { ledgers, notes } = newNotes(log, units)
  const partitions = await Promise.all(
    [...notes.keys()].map((topic) =>
      topic === redrives.name ? existingPartitionsIn(log, topic) : partitionsIn(log, topic),
    ),
  )
  const beginnings = await offsets.beginnings(partitions.flat())
  const ends = await offsets.ends(beginnings)
  const reader = await openTopicReader(kafka, {
    beginnings,
    async onRecords(records) {
      // Of a dead letter only the headers are read.
      const decoded = records.filter(({ topic }) => !topic.endsWith('.dlq'))
      await readable(wire, decoded, reading)
      for (const record of records) notes.get(record.topic)?.(record)
    },
  })
  const aborted = new Promise<never>((_, reject) => {
    reading.signal.addEventListener('abort', () => reject(new Error('the tail was closed')))
  })
  const forever = ends.map((end) => ({ ...end, offset: Infinity }))
  try {
    await Promise.race([reader.reached(ends), aborted])
    reading.onRead(ledgers)
    await Promise.race([reader.reached(forever), aborted])
  } finally {
    await reader.close()
  }
}

/** New ledgers, and by topic what notes a record in them. */
function newNotes({ wire }: LogAccess, units: readonly Unit[]) {
  const letters = new LetterLedger()
  const notes = new Map<string, (record: InputRecord) => void>()
  for (const { name } of units) {
    notes.set(deadLetterTopic(name), (record) => letters.note(deadLetterOf(name, record)))
  }
  const parked = parkingUnits(units).map(({ name }) => {
    const rows = new ParkedRows(name)
    notes.set(parkedTopic(name).name, (record) => rows.note(wire, record))
    return rows
  })
  notes.set(redrives.name, (record) => {
    const decision = decisionIn(wire, record)
    if (decision) letters.decide(decision)
  })
  return { ledgers: { letters, parked }, notes }
}
