import { describe, expect, it } from 'vitest'
import { platformArguments } from '#tests/bench/platform-arguments'

describe('the command line', () => {
  it('without options measures every row three times, in full', () => {
    expect(platformArguments([])).toEqual({
      rows: [],
      runs: 3,
      share: 1,
      profile: undefined,
      isHelp: false,
    })
  })

  it('names rows, runs and a share of the sizes for a quick trial', () => {
    const asked = platformArguments(['--rows', 'pull,create', '--runs', '2', '--share', '0.01'])
    expect(asked).toMatchObject({ rows: ['pull', 'create'], runs: 2, share: 0.01 })
  })

  it.each([
    [['--runs', '0'], '--runs 0: say a whole number of at least 1'],
    [['--share', '0'], '--share 0: say a number above 0 and up to 1'],
    [['--share', '2'], '--share 2: say a number above 0 and up to 1'],
    [['--share', 'some'], '--share some: say a number above 0 and up to 1'],
    [['--frobnicate'], /Unknown option '--frobnicate'/],
  ])('%s is refused with a sentence', (args, sentence) => {
    expect(() => platformArguments(args)).toThrow(sentence)
  })
})
