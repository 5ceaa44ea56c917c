import type { Wish } from '#tests/soak/exports/wishes'

/** What was found in an archive that its client fetched. */
export interface Fetched {
  readonly sha256: string
  readonly bytes: number
  /** Documents by the programs that read it, without the manifest. */
  readonly documents: number
}

/** A request, and what its client came to know of it. */
export interface Asked {
  readonly id: string
  readonly wish: Wish
  /** All ids that the API gave for its key. */
  readonly ids: ReadonlySet<string>
  /** In the order in which they were seen. */
  readonly states: string[]
  /** What was wrong with what was fetched, as sentences. */
  readonly wrongs: string[]
  isGivenUp: boolean
  fetched: Fetched | undefined
}

/** States that nothing leads out of, and what is told of what is gone. */
const endStates = ['EXPIRED', 'FAILED', 'CANCELLED', 'gone']

/** What is ready ends by the clock alone, but for who gave it up. */
export const hasEnded = ({ states, isGivenUp }: Pick<Asked, 'states' | 'isGivenUp'>): boolean => {
  const last = states.at(-1) ?? ''
  return endStates.includes(last) || (!isGivenUp && last.startsWith('READY'))
}
