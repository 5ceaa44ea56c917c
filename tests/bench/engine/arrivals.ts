import type { PaymentAnomaly } from '#schemas/generated/types'
import { Tally } from '#tests/bench/engine/tally'

interface Arrival {
  readonly version: string
  /** Partition of the input it came of. */
  readonly partition: number
  readonly atMs: number
}

/** Outputs as they came, by the process that wrote them: by the version it stamps. */
export class Arrivals {
  readonly #arrivals: Arrival[] = []
  readonly #tally = new Tally()
  #failure: Error | undefined

  /** An output that came at a moment, epoch milliseconds. */
  add({ payment_id, transaction_id, app_id }: PaymentAnomaly, atMs: number): void {
    const version = app_id.slice(app_id.lastIndexOf(':') + 1)
    const [partition] = transaction_id!.split('/')
    this.#arrivals.push({ version, partition: Number(partition), atMs })
    try {
      // Counts of state go on from what was kept before: only each input's one output is checked.
      this.#tally.add({ payment_id, connector: null, transaction_id: transaction_id! })
    } catch (error) {
      this.#failure ??= error as Error
    }
  }

  /** How many inputs have their output. Throws where one has two. */
  get count(): number {
    if (this.#failure) throw this.#failure
    return this.#tally.outputs
  }

  /** When the first output of a process came, of these partitions where they are given. */
  firstOf(version: string, partitions?: ReadonlySet<number>): number | undefined {
    return this.#arrivals.find(
      (arrival) =>
        arrival.version === version &&
        (partitions === undefined || partitions.has(arrival.partition)),
    )?.atMs
  }

  /** The partitions a process has written of since a moment. */
  partitionsOf(version: string, sinceMs: number): ReadonlySet<number> {
    return new Set(
      this.#arrivals
        .filter((arrival) => arrival.version === version && arrival.atMs >= sinceMs)
        .map(({ partition }) => partition),
    )
  }
}
