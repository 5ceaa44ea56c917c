/**
 * Draws from 0 to `count` - 1 by Zipf's law: the n-th comes `(n + 1) ** -exponent` times as often as the first. `random`
 * gives numbers from 0 to below 1.
 */
export function zipfOf(count: number, exponent: number, random = Math.random): () => number {
  const shares = cumulativeShares(count, exponent)
  return () => firstAbove(shares, random())
}

/** The share of all draws that each one and those before it have. */
function cumulativeShares(count: number, exponent: number): Float64Array {
  const shares = new Float64Array(count)
  let sum = 0
  for (let n = 0; n < count; n++) shares[n] = sum += (n + 1) ** -exponent
  for (let n = 0; n < count; n++) shares[n]! /= sum
  return shares
}

function firstAbove(shares: Float64Array, share: number): number {
  let [low, high] = [0, shares.length - 1]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (shares[middle]! > share) high = middle
    else low = middle + 1
  }
  return low
}
