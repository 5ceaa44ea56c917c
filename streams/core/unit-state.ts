import { copiesUpTo, memoryUnitStore, type PlacedCopy, type UnitStore } from '#core/state-store'
import type { Consumer } from '#core/kafka'
import { openUnitStore } from '#core/open-store'
import { noState } from '#core/handle-record'
import type { StateRows } from '#core/processor'
import type { Position, TopicPartition } from '#core/records'
import { restore } from '#core/restore'
import { PartitionState } from '#core/state'
import { stateRows } from '#core/state-rows'
import type { UnitContext } from '#core/unit'
import { changelogsOf } from '#core/unit-topics'
import { whileHeld } from '#core/while-held'

/** Changed rows are written this often while the unit works, milliseconds: what a killed process reads again. */
const checkpointMs = 1_000
/** Changed rows are written at once where they take more than this, bytes. */
const changedBytesMax = 8_000_000
/** A unit without work notes this often that its rows are still level with their changelogs, milliseconds. */
const refreshMs = 3_600_000

/** The rows of a unit in one session: those of its partitions, and the store that keeps them. */
export class UnitState {
  readonly #context: UnitContext
  readonly #changelogs: readonly string[]
  #store: UnitStore | undefined
  #states = new Map<number, PartitionState>()
  #rows = new Map<number, StateRows<unknown>>()
  #places: readonly TopicPartition[] = []
  #partitions = 0
  #checkpoint: Promise<void> | undefined
  #checkpointMs = 0
  #isEnding = false

  constructor(context: UnitContext) {
    this.#context = context
    this.#changelogs = changelogsOf(context.unit).map(({ name }) => name)
  }

  /** The rows of a partition that was assigned; undefined where the unit keeps none. */
  get(partition: number): PartitionState | undefined {
    return this.#states.get(partition)
  }

  /** The rows of a partition as the unit sees them; none where it keeps none. */
  rows(partition: number): StateRows<unknown> {
    return this.#rows.get(partition) ?? noState
  }

  entries(): Iterable<readonly [partition: number, state: PartitionState]> {
    return this.#states
  }

  /**
   * Restores the rows of the partitions before a record of them is read. False where the group gives them out anew
   * meanwhile.
   */
  async assign(
    consumer: Consumer,
    positions: readonly Position[],
    isRebalancing: () => boolean,
  ): Promise<boolean> {
    if (this.#changelogs.length === 0 || positions.length === 0) return true
    const { signal } = this.#context
    return whileHeld({ consumer, positions, signal, isRebalancing }, (ending) =>
      this.#restore(positions, ending),
    )
  }

  async #restore(positions: readonly Position[], signal: AbortSignal): Promise<void> {
    const { unit, offsets } = this.#context
    const inputs = positions.filter(({ topic }) => topic === unit.input.name)
    const numbers = inputs.map(({ partition }) => partition)
    const places = this.#changelogs.flatMap((topic) =>
      numbers.map((partition) => ({ topic, partition })),
    )
    const input = await offsets.partitionsOf(unit.input.name)
    const partitions = input?.length ?? numbers.length
    const store = (this.#store ??= await this.#open(partitions))
    const given = { ...this.#context, unit: unit.name, store, places, partitions, signal }
    const copies = await restore(given)
    signal.throwIfAborted()
    this.#places = places
    this.#partitions = partitions
    this.#states = new Map(numbers.map((p) => [p, new PartitionState(store.partition(p))]))
    const { wire } = this.#context
    this.#rows = new Map(
      [...this.#states].map(([p, state]) => [p, stateRows(state, unit.state, wire)]),
    )
    this.#write(copies)
  }

  #open(partitions: number): Promise<UnitStore> {
    const { state: settings, slot, unit, log, signal } = this.#context
    if (settings === 'memory') return Promise.resolve(memoryUnitStore())
    const treesMax = partitions * this.#changelogs.length
    return openUnitStore({ settings, slot, unit: unit.name, treesMax, log, signal })
  }

  /** The partitions may have another owner: their rows are not used any more. */
  drop(): void {
    this.#states = new Map()
    this.#rows = new Map()
    this.#places = []
  }

  /** The next commit is this session's last: its checkpoint is not left out for one that is being written. */
  async ending(): Promise<void> {
    await this.#checkpoint
    this.#isEnding = true
  }

  /**
   * Whether the next transaction is to be followed by a checkpoint, and begun for its sake where there is nothing
   * else to commit. Throws what became of the store: then nothing may be committed any more.
   */
  isDue(): boolean {
    const store = this.#store
    if (store?.failure) throw store.failure
    if (!store || this.#places.length === 0 || this.#checkpoint) return false
    const age = performance.now() - this.#checkpointMs
    const { changedBytes } = store
    const isFull = changedBytes > changedBytesMax
    return this.#isEnding || isFull || (changedBytes > 0 && age > checkpointMs) || age > refreshMs
  }

  /**
   * How far the rows will go that this transaction's commit leaves: asked before it, written after it. The commit
   * succeeds for the owner of the partitions alone, so nobody else wrote to their changelogs before it; and what was
   * in them when the question was answered is ours: rows of earlier transactions, which the store has, and of this
   * one, which it has after the commit. What this transaction writes after the answer lies behind the position and
   * is read again, to the same effect. A process that wakes late asks too, of a log that others have written to;
   * its commit fails, and the answer goes with it.
   */
  async ask(): Promise<readonly PlacedCopy[]> {
    const at = Date.now()
    const partitions = this.#partitions
    try {
      const ends = await this.#context.offsets.ends(this.#places)
      return copiesUpTo(ends, { at, partitions })
    } catch {
      // The rows are written all the same: they may be ahead of their positions.
      return []
    }
  }

  /** A transaction was committed; `copies` as `ask` gave them. Waits only while more changed than is to wait. */
  async committed(copies: readonly PlacedCopy[] | undefined): Promise<void> {
    if (copies) this.#write(copies)
    const isFull = (this.#store?.changedBytes ?? 0) > changedBytesMax
    if (isFull && this.#checkpoint) await this.#checkpoint
  }

  #write(copies: readonly PlacedCopy[]): void {
    const store = this.#store
    if (!store) return
    this.#checkpointMs = performance.now()
    this.#checkpoint = store
      .checkpoint(copies)
      .then(() => this.#measure(store))
      // `isDue` tells of it, before anything else is committed.
      .catch(() => undefined)
      .finally(() => (this.#checkpoint = undefined))
  }

  #measure(store: UnitStore): void {
    const { metrics, unit } = this.#context
    const { bytes, rows } = store.size()
    metrics.stateBytes.set({ unit: unit.name }, bytes)
    metrics.stateRows.set({ unit: unit.name }, rows)
  }

  /** Gives the store back, for the next session or another process. */
  async close(): Promise<void> {
    this.drop()
    await this.#checkpoint
    await this.#store?.close(this.#context.signal.aborted)
  }
}
