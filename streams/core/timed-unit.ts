import type { Unit } from '#core/processor'
import type { Series } from '#core/histogram'

const secondsSince = (startMs: number) => (performance.now() - startMs) / 1_000

/** The same unit, measured: each call of a processor, each try of a task until it has ended. */
export function timed<Given extends Unit>(unit: Given, seconds: Series): Given {
  if (unit.kind === 'processor') {
    const handle: typeof unit.handle = (value, context) => {
      const start = performance.now()
      try {
        return unit.handle(value, context)
      } finally {
        seconds.observe(secondsSince(start))
      }
    }
    return { ...unit, handle }
  }
  const run: typeof unit.run = async (value, context) => {
    const start = performance.now()
    try {
      return await unit.run(value, context)
    } finally {
      seconds.observe(secondsSince(start))
    }
  }
  return { ...unit, run }
}
