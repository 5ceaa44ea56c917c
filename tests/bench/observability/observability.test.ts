import { describe, expect, it } from 'vitest'
import { observabilityArguments } from '#tests/bench/observability/observability'

describe('the command line', () => {
  it('without options measures three times, eight slices of 20,000 records each', () => {
    expect(observabilityArguments([])).toEqual({ runs: 3, slices: 6, records: 80_000 })
  })

  it.each([
    [['--runs', '0'], '--runs 0: say a whole number of at least 1'],
    [['--records', '10'], '--records 10: say a whole number of at least 2000'],
    [['--frobnicate'], /Unknown option '--frobnicate'/],
  ])('%s is refused with a sentence', (args, sentence) => {
    expect(() => observabilityArguments(args)).toThrow(sentence)
  })
})
