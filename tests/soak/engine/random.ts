/** Random numbers that come again with the same seed. */
export interface Random {
  /** From 0 up to 1, 1 excluded. */
  next(): number
  /** A whole number from `least` up to `most`, both included. */
  whole(least: number, most: number): number
}

const scrambled = (value: number): number => {
  let mixed = Math.imul(value ^ (value >>> 15), value | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return (mixed ^ (mixed >>> 14)) >>> 0
}

/** Mulberry32. */
export function newRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    return scrambled(state) / 2 ** 32
  }
  return { next, whole: (least, most) => least + Math.floor(next() * (most - least + 1)) }
}

/** A number for a number, from 0 up to 2^32, the same in every process that has the seed. */
export const drawn = (seed: number, value: number): number =>
  scrambled((seed + Math.imul(value + 1, 0x6d2b79f5)) >>> 0)
