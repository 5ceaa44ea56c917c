import { join } from 'node:path'
import { DiskStore } from '#core/disk-store'
import { openNamelessDatabase } from '#core/nameless-database'
import type { KeyRange } from '#core/key-range'
import type { PartitionStore } from '#core/state-store'
import { codecOf } from '#schemas/codec'
import type { DebitRow } from '#schemas/generated/types'
import { debitRows } from '#schemas/topics'
import type { RebuiltRows } from '#streams/debits/verification/redecision'
import type { FoundRow, FoundRows } from '#streams/debits/verification/row-check'
import { rowDigest } from '#streams/debits/verification/row-digest'

const codec = codecOf(debitRows.schema as 'corrente.debits.DebitRow')
const [rebuiltTable, foundTable] = ['rebuilt', 'found'] as const
/** What waits in memory to be written to the file, bytes. */
const waitingBytesMax = 8_000_000

/** Rows of requests, of which there are many, are kept as their digest alone. */
const isRequest = (key: string): boolean => key.startsWith('r/')

/** The rows of one partition twice: as they come of deciding again, and as the changelog has them. */
export interface PartitionRows {
  readonly rebuilt: RebuiltRows
  readonly found: FoundRows & {
    /** The newest row of its key; null where it went. */
    put(key: string, row: DebitRow | null): void
  }
  /** Writes to the file what is too much for the memory. */
  relieve(): Promise<void>
  /** Frees what the rows of the partition take. */
  forget(): Promise<void>
}

/**
 * Rows in a file without a name, as there are as many as requests in the window of their ids. It lies in `directory`
 * and is gone with its process.
 */
export class VerificationRows {
  readonly #store: DiskStore

  constructor(directory: string, partitions: number) {
    const database = openNamelessDatabase(join(directory, 'verify'), 'rows', 2 * partitions)
    this.#store = new DiskStore({
      database,
      failureOf: (cause) =>
        new Error(`rows cannot be kept in ${directory}: ${(cause as Error).message}`),
      onWritten: () => undefined,
      onClosed: () => database.close(),
    })
  }

  of(partition: number): PartitionRows {
    const store = this.#store
    const rows = store.partition(partition)
    const places = [rebuiltTable, foundTable].map((topic) => ({ topic, partition }))
    return {
      rebuilt: rebuiltIn(rows),
      found: foundIn(rows),
      async relieve() {
        if (store.changedBytes > waitingBytesMax) await store.spill()
      },
      forget: () => store.forget(places),
    }
  }

  close(): Promise<void> {
    return this.#store.close(false)
  }
}

const rebuiltIn = (rows: PartitionStore): RebuiltRows => ({
  get(key) {
    const bytes = rows.get(rebuiltTable, key)
    return bytes && codec.decode(bytes)
  },
  *range(range: KeyRange) {
    for (const [key, bytes] of rows.range(rebuiltTable, range)) {
      yield [key, codec.decode(bytes)] as const
    }
  },
  put: (key, row) => rows.apply(rebuiltTable, [[key, codec.encode(row)]]),
  remove: (key) => rows.apply(rebuiltTable, [[key, null]]),
})

const foundIn = (rows: PartitionStore): PartitionRows['found'] => ({
  get(key) {
    const bytes = rows.get(foundTable, key)
    return bytes && foundRow(key, bytes)
  },
  *range(range: KeyRange) {
    for (const [key, bytes] of rows.range(foundTable, range)) {
      yield [key, foundRow(key, bytes)] as const
    }
  },
  put(key, row) {
    const bytes = row && (isRequest(key) ? Buffer.from(rowDigest(row)) : codec.encode(row))
    rows.apply(foundTable, [[key, bytes]])
  },
})

const foundRow = (key: string, bytes: Buffer): FoundRow =>
  isRequest(key) ? { digest: bytes.toString('latin1') } : { row: codec.decode(bytes) }
