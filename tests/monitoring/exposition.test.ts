import { describe, expect, it } from 'vitest'
import { readExposition } from '#tests/monitoring/exposition'

describe('what a process exposes', () => {
  it('is the names it has registered, and the labels of each series', () => {
    const { names, samples } = readExposition(
      '# HELP a_total Said, and done.\n# TYPE a_total counter\na_total{unit="x",error="a \\"b\\", c"} 3\na_total{unit="y",error=""} 4.5e3\n\n# TYPE b gauge\nb 1\n# TYPE c gauge\n',
    )
    expect([...names]).toEqual(['a_total', 'b', 'c'])
    expect(samples.get('a_total')).toEqual([
      ['unit', 'error'],
      ['unit', 'error'],
    ])
    expect(samples.get('b')).toEqual([[]])
    expect(samples.has('c')).toBe(false)
  })

  it('is nothing where a line is no sample', () => {
    expect(() => readExposition('a_total{unit="x"}')).toThrow('no sample')
  })
})
