import { afterAll, describe, expect, it } from 'vitest'
import { csvRows } from '#apps/corrente/dues/csv-rows'
import { exampleFiles } from '#apps/corrente/dues/example-file'

const files = exampleFiles()
afterAll(files.remove)

const columns = { required: ['a', 'b'], optional: ['c'] }

async function read(content: string | Buffer) {
  const ignored: number[] = []
  const rows: unknown[] = []
  const told = csvRows(files.write(content), columns, (numbers) => ignored.push(...numbers))
  for await (const row of told) {
    rows.push('problem' in row ? row : { line: row.line, ...Object.fromEntries(row.cells) })
  }
  return { rows, ignored }
}
const rowsOf = async (content: string | Buffer) => (await read(content)).rows

describe('a CSV file', () => {
  it.each([
    ['semicolons', 'a;b\n1,5;x\n'],
    ['commas', 'a,b\n"1,5",x\n'],
    ['a mark of UTF-8', '\uFEFFa;b\n1,5;x\n'],
    ['lines of Windows', 'a;b\r\n1,5;x\r\n'],
    ['no end of its last line', 'a;b\n1,5;x'],
    ['spaces around, and capitals in the header', ' A ; b\n 1,5 ; x \n'],
  ])('may have %s', async (_, content) => {
    expect(await rowsOf(content)).toEqual([{ line: 2, a: '1,5', b: 'x' }])
  })

  it('may hold separators, quotes and ends of lines in quoted cells, and empty lines', async () => {
    expect(await rowsOf('a;b\r\n"1;""2""";"x\r\ny"\r\n\r\n3;è\r\n')).toEqual([
      { line: 2, a: '1;"2"', b: 'x\r\ny' },
      { line: 5, a: '3', b: 'è' },
    ])
  })

  it('says by its number which column is passed over', async () => {
    expect(await read('a;x;b;y\n1;2;3;4\n')).toMatchObject({ ignored: [2, 4] })
  })

  it('leaves empty cells out', async () => {
    expect(await rowsOf('a;b;c\n1;2;\n')).toEqual([{ line: 2, a: '1', b: '2' }])
  })

  it('may have a row that is none', async () => {
    expect(await rowsOf('a;b\n1;2;3\n4;5\n')).toEqual([
      { line: 2, problem: 'has 3 cells, and the header 2' },
      { line: 3, a: '4', b: '5' },
    ])
  })

  it.each([
    ['a quote that is not doubled', 'a;b\n1;2\n"q"r;3\n4;5\n', 3, /not doubled; nothing from/],
    ['a quote that is not closed', 'a;b\n1;2\n"q;3\n4;5\n', 3, /not closed; nothing from/],
    ['a row without an end', `a;b\n1;2\n"${'x'.repeat(70_000)}`, 3, /is longer than 65536/],
  ])('is read no further behind %s', async (_, content, line, problem) => {
    const broken = { line, problem: expect.stringMatching(problem) as unknown }
    expect(await rowsOf(content)).toEqual([{ line: 2, a: '1', b: '2' }, broken])
  })

  it('is refused as a whole in another encoding', async () => {
    const rows = rowsOf(Buffer.from(`a;b\n${'1;è\n'.repeat(3)}`, 'latin1'))
    await expect(rows).rejects.toThrow('the file is not in UTF-8, by line 2: save it as CSV UTF-8')
  })

  it.each([
    ['', 'the file has no column a, b'],
    ['a;x\n1;2\n', 'the file has no column b'],
    ['a;b;A\n1;2;3\n', 'the file has the column a twice'],
  ])('is refused as a whole without its columns: %j', async (content, message) => {
    await expect(rowsOf(content)).rejects.toThrow(message)
  })

  it('shows no name of a column, which without a header would be data', async () => {
    const refusal = rowsOf('PRVLCU85M15X000R;Luca\n').catch((error: Error) => error.message)
    expect(await refusal).not.toMatch(/PRV|Luca/i)
  })

  it('that is not there is a sentence', async () => {
    await expect(csvRows('/nowhere/dues.csv', columns, () => undefined).next()).rejects.toThrow(
      'no such file',
    )
  })
})
