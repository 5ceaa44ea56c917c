import { describe, expect, it } from 'vitest'
import { engineArguments } from '#tests/bench/engine/arguments'

describe('the command line', () => {
  it('without options measures every row three times, at full length', () => {
    expect(engineArguments([])).toEqual({
      rows: [],
      runs: 3,
      records: 400_000,
      profile: undefined,
      isHelp: false,
    })
  })

  it('names rows, runs and records for a quick trial', () => {
    const asked = engineArguments(['--rows', 'stateless,hop', '--runs', '1', '--records', '40000'])
    expect(asked).toMatchObject({ rows: ['stateless', 'hop'], runs: 1, records: 40_000 })
  })

  it.each([
    [['--runs', '0'], '--runs 0: say a whole number of at least 1'],
    [['--records', 'many'], '--records many: say a whole number of at least 10000'],
    [['--frobnicate'], /Unknown option '--frobnicate'/],
  ])('%s is refused with a sentence', (args, sentence) => {
    expect(() => engineArguments(args)).toThrow(sentence)
  })
})
