import type { UnitNames } from '#tests/bench/engine/bench-units'

/** What a loop without an engine is given. */
export interface LoopSpec {
  readonly unit: UnitNames
  readonly brokers: string
  /** Registry id of the schema of what it writes. */
  readonly eventId: number
}

/** Records of one transaction, as the engine has them. */
export const batchRecordsMax = 2_000

/** The loop's own, from its environment. */
export const loopSpec = (): LoopSpec => JSON.parse(process.env['LOOP'] ?? '') as LoopSpec

/** Ends with whoever started it. */
export function endWithParent(): void {
  process.stdin.on('end', () => process.exit(0)).resume()
}
