import TinyQueue from 'tinyqueue'
import type { CallLimits } from '#core/call-limits'
import type { Circuits } from '#core/circuits'

/** A parked record that is due. */
export interface InLine {
  readonly party: string | null
  /** When it came, or when it was due again, milliseconds since the epoch. */
  readonly sinceMs: number
  /** Its call begins. */
  readonly call: () => void
}

type Placed = InLine & { readonly place: number }
type Line = TinyQueue<Placed>

/**
 * The parked records that are due, of all partitions of a task: one line for each party, whoever has waited longest
 * in front. A party that is back is so asked in the order in which they came.
 */
export class PartyLines {
  readonly #limits: CallLimits
  readonly #circuits: Circuits
  readonly #lines = new Map<string | null, Line>()
  readonly #parties = new Set<string | null>()
  #joined = 0

  constructor(limits: CallLimits, circuits: Circuits) {
    this.#limits = limits
    this.#circuits = circuits
  }

  /** A record of the party has come. */
  met(party: string | null): void {
    // Two tell that there are several.
    if (this.#parties.size < 2) this.#parties.add(party)
  }

  /**
   * Whether a record that was just read is called. One whose party is away, or has no room while others have, gives up
   * its place: those behind it are not to wait.
   */
  turnOf(party: string | null): 'called' | 'away' | 'passed' | 'waits' {
    if (this.#isAway(party)) return 'away'
    if (this.#limits.hasRoomFor(party) && !this.#lines.has(party)) return 'called'
    const areOthers = this.#parties.size > 1 && this.#limits.hasRoom
    return areOthers ? 'passed' : 'waits'
  }

  join(head: InLine): void {
    const line: Line = this.#lines.get(head.party) ?? new TinyQueue<Placed>([], longestFirst)
    this.#lines.set(head.party, line)
    line.push({ ...head, place: this.#joined++ })
  }

  /** Calls as many as their parties and the limits let through; what is left over goes to who has waited longest. */
  start(): void {
    const waiting = [...this.#lines].map(([party, line]) => ({ party, line, first: line.peek()! }))
    waiting.sort((one, other) => longestFirst(one.first, other.first))
    for (const { party, line } of waiting) {
      while (line.length > 0 && !this.#isAway(party) && this.#limits.hasRoomFor(party)) {
        line.pop()!.call()
      }
      if (line.length === 0) this.#lines.delete(party)
    }
  }

  #isAway(party: string | null): boolean {
    return party !== null && this.#circuits.waitMs(party) > 0
  }

  /** Forgets who stands in line: their partitions are gone. */
  clear(): void {
    this.#lines.clear()
  }
}

const longestFirst = (one: Placed, other: Placed): number =>
  one.sinceMs - other.sinceMs || one.place - other.place
