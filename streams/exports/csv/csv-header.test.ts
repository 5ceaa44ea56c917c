import { describe, expect, it } from 'vitest'
import { formatOf, type HeaderTerms } from '#streams/exports/csv/csv-header'

const formatFor = (text: string, terms: Partial<HeaderTerms> = {}) =>
  formatOf({ text, line: 1, from: 0, to: text.length }, { required: [], ...terms })

describe('the header of a CSV', () => {
  it.each([
    ['commas', 'a,b', ',', ['a', 'b']],
    ['semicolons', 'a;b', ';', ['a', 'b']],
    ['more semicolons than commas', 'a;b;c,d', ';', ['a', 'b', 'c,d']],
    ['one column', 'a', ',', ['a']],
    ['separators of the other kind in quotes', '"a;;;",b', ',', ['a;;;', 'b']],
    ['quotes in quotes', '"a"";;;""";b', ';', ['a";;;"', 'b']],
    ['a mark', '\uFEFF"a",b', ',', ['a', 'b']],
    ['blanks, which belong to a name', ' a ,b', ',', [' a ', 'b']],
  ])('may have %s', (_, text, separator, columns) => {
    expect(formatFor(text)).toEqual({ separator, columns })
  })

  it('is separated by what is declared', () => {
    expect(formatFor('a,b,c;d', { separator: ';' }).columns).toEqual(['a,b,c', 'd'])
  })

  it('has the required columns among others, in any order', () => {
    expect(formatFor('c,a,b', { required: ['a', 'c'] }).columns).toEqual(['c', 'a', 'b'])
  })

  it.each([
    ['\uFEFF', 'csv-no-header', 'no header'],
    ['SECRET,,c', 'csv-column-names', 'column 2 has no name'],
    ['SECRET,', 'csv-column-names', 'column 2 has no name'],
    ['a,SECRET,b,SECRET', 'csv-column-names', 'column 4 has the name of column 2'],
    ['SECRET,a', 'csv-column-missing', 'no column reference, amount'],
    ['Reference, amount,a', 'csv-column-missing', 'no column reference, amount'],
    ['SE"CRET,"', 'csv-quote', 'a quote within a cell that does not begin with one'],
  ])('is refused, and not told, of %j', (text, code, problem) => {
    const required = code === 'csv-column-missing' ? ['reference', 'a', 'amount'] : []
    const told = { code, line: 1, message: `line 1: ${problem}` }
    const refused = expect.objectContaining(told) as unknown as Error
    expect(() => formatFor(text, { required })).toThrow(refused)
  })
})
