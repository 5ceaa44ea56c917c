import { describe, expect, it } from 'vitest'
import { cellsOf } from '#streams/exports/csv/cells-of'

const stray = 'a quote within a cell that does not begin with one'
const undoubled = 'a quote within a quoted cell that is not doubled'
const lineEnd = 'a CR without LF that is in no quotes'

describe('the cells of a record', () => {
  it.each([
    ['1,2', ['1', '2']],
    [',', ['', '']],
    [' 1 , 2 ', [' 1 ', ' 2 ']],
    ['"1","2"', ['1', '2']],
    ['"",""', ['', '']],
    ['"1,2","3;4"', ['1,2', '3;4']],
    ['"""1"" """,2', ['"1" "', '2']],
    ['"""""",2', ['""', '2']],
    ['"1\r\n2\n3\r4",5', ['1\r\n2\n3\r4', '5']],
    ['ñ,"漢 😀"', ['ñ', '漢 😀']],
    ['"1"', ['1']],
    ['"1",', ['1', '']],
    ['1;2', ['1;2']],
  ])('of %j', (text, cells) => {
    expect(cellsOf(text, ',', 1)).toEqual(cells)
  })

  it('are separated by what is said', () => {
    expect(cellsOf('1,2;"3;4"', ';', 1)).toEqual(['1,2', '3;4'])
  })

  it.each([
    ['S"ECRET,"1', 'csv-quote', 12, stray],
    ['"1\n2",SE"CRET"', 'csv-quote', 13, stray],
    ['"1\n2" ,SECRET', 'csv-quote', 13, undoubled],
    ['"1\n2","SE" "CRET"', 'csv-quote', 13, undoubled],
    ['"a"" , "SECRET', 'csv-quote', 12, undoubled],
    ['1\rSECRET', 'csv-line-end', 12, lineEnd],
    ['"1\n2",SECRET\r', 'csv-line-end', 13, lineEnd],
  ])('are refused, and not told, of %j', (text, code, line, problem) => {
    const message = `line ${line}: ${problem}`
    const refused = expect.objectContaining({ code, line, message }) as unknown as Error
    expect(() => cellsOf(text, ',', 12)).toThrow(refused)
  })
})
