import type { LogAccess } from '#apps/platform/inspection/log-access'
import type { DebitSettings } from '#streams/debits/known'
import type { CurrencyTotals } from '#streams/debits/verification/trial-balance'
import type { ViolationsOfKind } from '#streams/debits/verification/violations'

/** What is to be verified, and with what. */
export interface Verifying {
  readonly log: LogAccess
  /** Asks for the id of the Kafka cluster. */
  readonly cluster: () => Promise<string>
  /** Requests are decided again with these; not at all where absent. */
  readonly settings: DebitSettings | undefined
  /** Where the projection is, or why it is not looked at. */
  readonly postgres: { readonly url: string } | { readonly leftOut: string }
  /** A folder on a disk, for what is too much for the memory. */
  readonly directory: string
  /** Told how far it has come. */
  readonly onProgress: (line: string) => void
}

/** What was looked at in one partition, and up to where. */
export interface PartitionReport {
  readonly partition: number
  /** All requests below this offset of `debits` were verified. */
  readonly below: number
  readonly requests: number
  readonly letters: number
  readonly decisions: number
  readonly repeats: number
  readonly entries: number
  readonly lines: number
  readonly accounts: number
  readonly holds: number
}

/** What became of the comparison with Postgres. */
export type PostgresReport =
  | { readonly state: 'compared'; readonly rows: Readonly<Record<string, number>> }
  | { readonly state: 'left-out' | 'not-verified'; readonly reason: string }

/** All that a verification has found. */
export interface Verification {
  readonly partitions: readonly PartitionReport[]
  readonly totals: readonly CurrencyTotals[]
  readonly violations: readonly ViolationsOfKind[]
  /** Whether each request was decided again. */
  readonly isRedecided: boolean
  readonly postgres: PostgresReport
  readonly seconds: number
}

/** 0 where all is right, 1 where anything is wrong, 2 where nothing is and not all could be looked at. */
export function exitCodeOf({ violations, postgres }: Verification): 0 | 1 | 2 {
  if (violations.length > 0) return 1
  return postgres.state === 'not-verified' ? 2 : 0
}
