const sorted = (numbers: readonly number[]): number[] => {
  if (numbers.length === 0) throw new RangeError('no number was measured')
  return [...numbers].sort((a, b) => a - b)
}

/** The middle one; of an even count the mean of the two in the middle. Throws RangeError for none. */
export function median(numbers: readonly number[]): number {
  const ordered = sorted(numbers)
  const middle = ordered.length >> 1
  const upper = ordered[middle]!
  return ordered.length % 2 === 1 ? upper : (ordered[middle - 1]! + upper) / 2
}

/** The smallest measured number that `share` (0 to 1) of all do not exceed. Throws RangeError for none. */
export function percentile(numbers: readonly number[], share: number): number {
  const ordered = sorted(numbers)
  const rank = Math.max(1, Math.ceil(share * ordered.length))
  return ordered[Math.min(rank, ordered.length) - 1]!
}

/** Smallest and largest. Throws RangeError for none. */
export function spread(numbers: readonly number[]): readonly [number, number] {
  const ordered = sorted(numbers)
  return [ordered[0]!, ordered.at(-1)!]
}

/** A point of a curve that only rises: `at` against `value`. */
export interface Point {
  readonly at: number
  readonly value: number
}

/** The curve's value at a place between two of its points, which are in order; beyond its ends theirs. */
export function interpolated(points: readonly Point[], at: number): number {
  const next = points.findIndex((point) => point.at >= at)
  if (next === 0) return points[0]!.value
  const last = points.at(-1)
  if (!last) throw new RangeError('the curve has no point')
  if (next < 0) return last.value
  const [before, after] = [points[next - 1]!, points[next]!]
  const part = (at - before.at) / (after.at - before.at)
  return before.value + part * (after.value - before.value)
}
