import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { cellsIn } from '#streams/exports/csv/csv-samples'
import { type CsvWriting, plainCsv, writeCsv } from '#streams/exports/csv/write-csv'

async function written(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  writing: Partial<CsvWriting> = {},
): Promise<Buffer> {
  const blocks = []
  for await (const block of writeCsv(columns, rows, { ...plainCsv, ...writing })) blocks.push(block)
  return Buffer.concat(blocks)
}
const textOf = async (...given: Parameters<typeof written>) => (await written(...given)).toString()

const hard = [
  ['plain', ' blanks ', ''],
  ['a,b', 'a;b', 'a"b'],
  ['a\nb', 'a\r\nb', 'a\rb'],
  ['ñ漢😀', '""', ','],
]

describe('writing a CSV', () => {
  it('quotes what needs quotes, and nothing else', async () => {
    expect(await textOf(['x', 'y', 'z'], hard)).toBe(
      'x,y,z\nplain, blanks ,\n"a,b",a;b,"a""b"\n"a\nb","a\r\nb","a\rb"\nñ漢😀,"""""",","\n',
    )
  })

  it('has another separator, other line ends and a mark where it is told to', async () => {
    const writing = { separator: ';', lineEnd: '\r\n', hasMark: true } as const
    expect(await textOf(['x', 'y'], [['a,b', 'a;b']], writing)).toBe('\uFEFFx;y\r\na,b;"a;b"\r\n')
  })

  it.each([',', ';'] as const)(
    'is read as it was meant, by us and by others: %s',
    async (separator) => {
      const file = await written(['x', 'y', 'z'], hard, { separator, hasMark: true })
      expect(await cellsIn(file)).toEqual(hard)
      expect(parse(file, { bom: true, delimiter: separator, from: 2 })).toEqual(hard)
    },
  )

  it('writes a single empty cell so that it is a record', async () => {
    const file = await written(['x'], [[''], ['1']])
    expect(file.toString()).toBe('x\n""\n1\n')
    expect(await cellsIn(file)).toEqual([[''], ['1']])
  })

  it('writes the header where there are no rows', async () => {
    expect(await textOf(['x', 'y'], [])).toBe('x,y\n')
  })

  it('writes the same bytes for the same rows, in blocks', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => [`R-${index}`, 'a"b'])
    const file = await written(['x', 'y'], rows)
    expect(file.length).toBeGreaterThan(200_000)
    expect(file.equals(await written(['x', 'y'], rows))).toBe(true)
    expect(await cellsIn(file)).toEqual(rows)
  })

  it('refuses a row that does not fit its columns', async () => {
    await expect(written(['x', 'y'], [['1']])).rejects.toThrow('a row has 1 cells')
  })
})

describe('a CSV for people', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1+1', "'+1+1"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['\n=1', '"\'\n=1"'],
    ['\uFF1D1', "'\uFF1D1"],
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['-', "'-"],
    ['-12.50', '-12.50'],
    ['-12', '-12'],
    ['12', '12'],
    ['a=1', 'a=1'],
  ])('has no formula of %j', async (cell, expected) => {
    expect(await textOf(['x'], [[cell]], { isForPeople: true })).toBe(`x\n${expected}\n`)
  })

  it('alone is changed so', async () => {
    expect(await textOf(['x'], [['=1+1']])).toBe('x\n=1+1\n')
  })
})
