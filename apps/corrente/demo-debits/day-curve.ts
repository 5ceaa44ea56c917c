import type { Random } from '#apps/corrente/random'

export const hoursOfDay = 24

/** How busy a day is: a quiet night, a peak at noon and one in the evening. Straight lines between. */
const points: readonly (readonly [hour: number, busyness: number])[] = [
  [0, 25],
  [3, 8],
  [6, 20],
  [9, 90],
  [12.5, 190],
  [15, 100],
  [19, 200],
  [22, 70],
  [hoursOfDay, 25],
]

const mean = areaBelow() / hoursOfDay

function areaBelow(): number {
  let area = 0
  for (let at = 1; at < points.length; at++) {
    const [[from, low], [to, high]] = [points[at - 1]!, points[at]!]
    area += ((to - from) * (low + high)) / 2
  }
  return area
}

/** How busy an hour is beside the mean of the day, which is 1. `hour` from 0 to 24. */
export function busynessAt(hour: number): number {
  const next = Math.max(
    1,
    points.findIndex(([at]) => at >= hour),
  )
  const [[from, low], [to, high]] = [points[next - 1]!, points[next]!]
  return (low + ((hour - from) / (to - from)) * (high - low)) / mean
}

/** When customers come, in hours of the day, in order: about `perDay` of them, each without regard to the others. */
export function* arrivals(random: Random, perDay: number): Generator<number> {
  for (let hour = 0; ;) {
    const perHour = (perDay / hoursOfDay) * busynessAt(hour)
    hour -= Math.log(1 - random()) / perHour
    if (hour >= hoursOfDay) return
    yield hour
  }
}

/** An hour as a clock shows it: 12.75 -> `12:45`. */
export function clockText(hour: number): string {
  const minutes = Math.floor(hour * 60)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
