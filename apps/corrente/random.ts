/** Numbers from 0 to below 1. */
export type Random = () => number

/** The same numbers for the same seed (mulberry32): what is drawn from them can be drawn again. */
export function randomOf(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A whole number from 0 to below `limit`. */
export const below = (random: Random, limit: number): number => Math.floor(limit * random())

/** A whole number from `from` to below `to`; as many lie between 1 and 10 as between 10 and 100. */
export const spread = (random: Random, from: number, to: number): number =>
  Math.floor(from * (to / from) ** random())
