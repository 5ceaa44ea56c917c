/** Which partitions of `debits` have a process that decides on them. */
export interface Owners {
  /** Whether the account's partition surely had nobody for a while. Unknown is no: then the deadline decides. */
  isMissing(accountId: string): boolean
  /** Told of a partition from which a decision came. */
  seen(partition: number): void
  /** Looks once; what cannot be had leaves everything as unknown as it is. */
  look(): Promise<void>
}

interface OwnersOptions {
  readonly partitionOf: (accountId: string) => number
  /** The partitions owned right now. Throws where it cannot be had. */
  readonly owned: () => Promise<ReadonlySet<number>>
  readonly partitions: number
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number
}

/** How long a partition had nobody before whoever asks is told at once. */
export const missingMs = 2_000
/** A look that is older says nothing of now. */
const freshMs = 3_000

/** Knows nothing before the first look. */
export function newOwners(options: OwnersOptions): Owners {
  const { partitionOf, owned, partitions, now = () => performance.now() } = options
  /** Since when nobody was found, by partition. */
  const missingSince = new Map<number, number>()
  let lookedAt = -Infinity
  return {
    isMissing(accountId) {
      if (missingSince.size === 0) return false
      const since = missingSince.get(partitionOf(accountId))
      const nowMs = now()
      return since !== undefined && nowMs - since >= missingMs && nowMs - lookedAt < freshMs
    },
    seen: (partition) => void missingSince.delete(partition),
    async look() {
      const begunAt = now()
      const found = await owned().catch(() => undefined)
      if (!found) {
        // From a time nobody looked at nothing follows.
        if (now() - lookedAt >= freshMs) missingSince.clear()
        return
      }
      lookedAt = begunAt
      for (let partition = 0; partition < partitions; partition++) {
        if (found.has(partition)) missingSince.delete(partition)
        else if (!missingSince.has(partition)) missingSince.set(partition, begunAt)
      }
    },
  }
}
