import { Histogram, Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { UnitHistogram } from '#core/histogram'

const given = { name: 'seconds', help: 'Seconds', buckets: [0.1, 1] }
const measured = [0.05, 0.1, 0.5, 7]

describe('a histogram by unit', () => {
  it('is exported as the library exports its own', async () => {
    const [ours, theirs] = [new Registry(), new Registry()]
    const series = new UnitHistogram({ ...given, registers: [ours] }).of('keeper')
    const library = new Histogram({ ...given, labelNames: ['unit'], registers: [theirs] })
    for (const seconds of measured) {
      series.observe(seconds)
      library.observe({ unit: 'keeper' }, seconds)
    }
    expect(await ours.metrics()).toBe(await theirs.metrics())
    expect(await ours.metrics()).toContain('seconds_bucket{le="0.1",unit="keeper"} 2')
  })

  it('takes many measurements at once and keeps units apart', async () => {
    const registry = new Registry()
    const histogram = new UnitHistogram({ ...given, registers: [registry] })
    histogram.of('keeper').observe(0.5, 2_000)
    histogram.of('keeper').observe(2)
    histogram.of('index').observe(0.05)
    const text = await registry.metrics()
    expect(text).toContain('seconds_bucket{le="1",unit="keeper"} 2000')
    expect(text).toContain('seconds_sum{unit="keeper"} 1002')
    expect(text).toContain('seconds_count{unit="keeper"} 2001')
    expect(text).toContain('seconds_count{unit="index"} 1')
  })
})
