import { codecOf } from '#schemas/codec'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import type { Load } from '#tests/bench/engine/loads'
import { readCommitted } from '#tests/bench/engine/read-committed'
import { assertRows, type Output, Tally } from '#tests/bench/engine/tally'

/** What a side must have left behind. */
export interface Left {
  readonly load: Load
  readonly output: string
  /** Where the side keeps the changelog of its state, where it has one. */
  readonly changelog?: string
  /** Whether an output carries the place of its input; a bare loop copies bytes. */
  readonly isMarked: boolean
}

const registryBytes = 5
const events = codecOf('corrente.payments.PaymentAnomaly').type
const rows = codecOf('corrente.payments.ReportedPayment').type

/**
 * Reads what a side has written, by another client and plain Avro. Throws where an input has no output or two, or
 * where counts or sums are wrong. Resolves with when the broker took each output, epoch milliseconds.
 */
export async function checkFlow(stack: BenchStack, left: Left): Promise<Float64Array> {
  const { load, output, changelog, isMarked } = left
  const outputsAtMs = new Float64Array(load.records)
  const tally = new Tally()
  let read = 0
  await readCommitted(stack, output, {
    count: load.records,
    onRecords(records) {
      for (const { timestamp, value } of records) {
        outputsAtMs[read++] = Number(timestamp)
        if (isMarked) tally.add(events.fromBuffer(value!.subarray(registryBytes)) as Output)
      }
    },
  })
  if (isMarked && tally.outputs !== load.records) throw new Error(`${output} lacks outputs`)
  if (changelog !== undefined) await checkRows(stack, load, changelog)
  return outputsAtMs
}

async function checkRows(stack: BenchStack, load: Load, changelog: string): Promise<void> {
  const last = new Map<string, Buffer>()
  await readCommitted(stack, changelog, {
    count: load.records,
    onRecords(records) {
      for (const { key, value } of records) last.set(String(key), value!)
    },
  })
  const textOf = (bytes: Buffer) =>
    (rows.fromBuffer(bytes.subarray(registryBytes)) as { readonly status: string }).status
  assertRows(load, new Map([...last].map(([key, bytes]) => [key, textOf(bytes)])))
}
