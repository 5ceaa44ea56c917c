/** How much is measured with. */
export interface Sizes {
  /** Rows of the table that is asked by key and for what is due. */
  readonly rows: number
  /** Of these, and of the poller's open payments, how many are due. */
  readonly due: number
  /** Payments the proxy knows. */
  readonly payments: number
  /** Payments that the poller has before it. */
  readonly open: number
  /** Applications of the sustained creation. */
  readonly applications: number
  /** Payments in state and lookup of the worker whose memory is measured. */
  readonly kept: number
  /** How long what comes at a pace is measured, seconds. */
  readonly seconds: number
  /** Calls of one side in one slice of what a call costs. */
  readonly calls: number
  /** Times that something is measured before and during an outage, or one side beside the other. */
  readonly pairs: number
  /** How long debits come at a pace while what serves them is killed and restarted, seconds. */
  readonly openSeconds: number
  /** Requests that the rules of debits alone decide. */
  readonly decisions: number
  /** Debits that the projector has to catch up with. */
  readonly projected: number
  /** Accounts of the authoriser that is killed. */
  readonly accounts: number
  /** Documents of the large export; the other one has a tenth of them. */
  readonly documents: number
}

/** What the bars are meant for. */
export const sizesFull: Sizes = {
  rows: 1_000_000,
  due: 2_000,
  payments: 100_000,
  open: 100_000,
  applications: 12_000,
  kept: 1_000_000,
  seconds: 30,
  calls: 5_000,
  pairs: 5,
  openSeconds: 300,
  decisions: 1_000_000,
  projected: 300_000,
  accounts: 1_000_000,
  documents: 100_000,
}

const words: Readonly<Record<keyof Sizes, string>> = {
  rows: 'rows',
  due: 'due',
  payments: 'payments',
  open: 'open payments',
  applications: 'applications',
  kept: 'payments',
  seconds: 'seconds',
  calls: 'calls',
  pairs: 'pairs',
  openSeconds: 'seconds',
  decisions: 'decisions',
  projected: 'debits',
  accounts: 'accounts',
  documents: 'documents',
}

/** Fewer than these say nothing of anything. */
const leasts: Sizes = {
  rows: 1_000,
  due: 100,
  payments: 1_000,
  open: 1_000,
  applications: 500,
  kept: 1_000,
  seconds: 5,
  calls: 500,
  pairs: 1,
  openSeconds: 60,
  decisions: 100_000,
  projected: 10_000,
  accounts: 10_000,
  documents: 10_000,
}

const names = Object.keys(sizesFull) as (keyof Sizes)[]

/** The sizes at a share (up to 1) of the full ones. */
export const sizesAt = (share: number): Sizes =>
  Object.fromEntries(
    names.map((name) => [name, Math.max(leasts[name], Math.round(sizesFull[name] * share))]),
  ) as unknown as Sizes

/** Which of these sizes are smaller than the full ones, in words; undefined where none is. */
export function smallerThanFull(
  sizes: Sizes,
  looked: readonly (keyof Sizes)[],
): string | undefined {
  const text = (value: number) => value.toLocaleString('en-US')
  const smaller = looked
    .filter((name) => sizes[name] < sizesFull[name])
    .map((name) => `${text(sizes[name])} of ${text(sizesFull[name])} ${words[name]}`)
  return smaller.length === 0 ? undefined : smaller.join(', ')
}
