import type { Movements } from '#ports/movements'

/** Reference, amount, day, note. */
export type ExampleMovement = readonly [string, string, string, string]

export const columns = ['reference', 'amount', 'booked_on', 'note'] as const

/** What a driver is held against: batches of tenants, which whoever owns the movements hands in. */
export interface MovementsDriver {
  readonly movements: Movements
  /** Whether it can give those movements only whose `reference` a filter names: `{"reference":"R-1"}`. */
  readonly takesFilter: boolean
  /** Hands a batch in, also in the place of what was handed in before. */
  put(batch: ExampleBatch, movements: Iterable<ExampleMovement>): Promise<void>
  /** How many files or connections are held for somebody who reads. */
  held(): Promise<number>
}

export interface ExampleBatch {
  readonly tenantId: string
  readonly batchId: string
}

/** Tests get the driver once it is open. */
export type Opened = () => MovementsDriver

export function* numbered(count: number): Generator<ExampleMovement> {
  for (let at = 1; at <= count; at++) {
    yield [`R-${at}`, `${at}.10`, '2026-01-31', 'a note that is as long as notes are '.repeat(6)]
  }
}

export async function textOf(csv: AsyncIterable<Uint8Array>): Promise<string> {
  const parts = []
  for await (const part of csv) parts.push(part)
  return Buffer.concat(parts).toString()
}
