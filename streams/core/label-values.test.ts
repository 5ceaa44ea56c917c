import { describe, expect, it } from 'vitest'
import { LabelValues } from '#core/label-values'

describe('the values of a label that come from outside', () => {
  it('are their own label as long as there is room, and keep it', () => {
    const labels = new LabelValues({ countMax: 2 })
    const given = ['mypay-503', 'iris-12', 'govpay-400', 'mypay-503', 'iris-12']
    expect(given.map((value) => labels.of(value))).toEqual([
      'mypay-503',
      'iris-12',
      'other',
      'mypay-503',
      'iris-12',
    ])
  })

  it('are other where they do not look like a name, and take no room', () => {
    const labels = new LabelValues({ countMax: 1 })
    for (const value of ['', 'a b', 'x'.repeat(101), 'new\nline', '"}', '-first']) {
      expect(labels.of(value)).toBe('other')
    }
    expect(labels.of('examplepay/6f2c9a1e')).toBe('examplepay/6f2c9a1e')
  })

  it('that are named have a label whatever comes before them, and take room of the others', () => {
    const labels = new LabelValues({ countMax: 2, always: ['a'] })
    expect(['x', 'y', 'a'].map((value) => labels.of(value))).toEqual(['x', 'other', 'a'])
  })

  it('that are named have a label even where there are more of them than room', () => {
    const labels = new LabelValues({ countMax: 1, always: ['a', 'b'] })
    expect(['a', 'b', 'c'].map((value) => labels.of(value))).toEqual(['a', 'b', 'other'])
  })

  it('are none at all where there is no room', () => {
    expect(new LabelValues({ countMax: 0 }).of('a')).toBe('other')
  })
})
