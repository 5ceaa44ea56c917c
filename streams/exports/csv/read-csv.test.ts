import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { RejectedError } from '#core/errors'
import { cellsIn, inPieces, wholeCsv } from '#streams/exports/csv/csv-samples'
import { readCsv } from '#streams/exports/csv/read-csv'

async function rejectionOf(content: string | Uint8Array, terms = {}): Promise<unknown> {
  try {
    for await (const _ of readCsv(inPieces(content), { required: [], ...terms }));
  } catch (error) {
    return error
  }
}

describe('a CSV of movements', () => {
  it('has records with their number, line, bytes and cells by column', async () => {
    const { format, records } = await wholeCsv('reference,amount\nR-1,10.00\nR-2,20.00\n')
    expect(format).toEqual({ columns: ['reference', 'amount'], separator: ',' })
    expect(records.map(({ cells, ...place }) => ({ ...place, ...cells.byColumn() }))).toEqual([
      { number: 0, line: 2, from: 17, to: 27, reference: 'R-1', amount: '10.00' },
      { number: 1, line: 3, from: 27, to: 37, reference: 'R-2', amount: '20.00' },
    ])
    expect(records[1]!.cells.get('amount')).toBe('20.00')
    expect(records[1]!.cells.get('toString')).toBeUndefined()
  })

  it.each([
    ['another separator', 'a;b\n1,5;x\n', '1,5'],
    ['the separator its header has, whatever its records have', 'a;b\n1,2,3;x\n', '1,2,3'],
    ['a mark of UTF-8', '\uFEFFa,b\n1,x\n', '1'],
    ['lines of Windows', 'a,b\r\n1,x\r\n', '1'],
    ['no end of its last line', 'a,b\n1,x', '1'],
    ['empty lines', 'a,b\n\n1,x\n\r\n\n', '1'],
    ['lines in quotes', 'a,b\r\n"1\r\n2\n3\r4",x\r\n', '1\r\n2\n3\r4'],
    ['quotes in quotes', 'a,b\n"""\n""",x\n', '"\n"'],
    ['letters of several bytes', 'a,b\nñandú 漢 😀,x\n', 'ñandú 漢 😀'],
  ])('may have %s', async (_, content, first) => {
    expect(await cellsIn(content)).toEqual([[first, 'x']])
  })

  it('counts the lines of quoted cells and the empty ones', async () => {
    const { records } = await wholeCsv('a,b\n"1\n2\r\n3",x\n\n2,y\n')
    expect(records.map(({ line }) => line)).toEqual([2, 6])
  })

  it('counts bytes and not letters', async () => {
    const { records } = await wholeCsv('\uFEFFé,b\r\nñ,漢\r\n😀,x')
    expect(records.map(({ from, to }) => [from, to])).toEqual([
      [9, 17],
      [17, 23],
    ])
  })

  it('has a format where it has no records', async () => {
    expect(await wholeCsv('a;b')).toEqual({
      format: { columns: ['a', 'b'], separator: ';' },
      records: [],
    })
  })

  it('is read as csv-parse reads it, whatever is in quotes', async () => {
    for (let seed = 0; seed < 300; seed++) {
      const content = randomCsv(seed)
      const expected = parse(content, { bom: true, skip_empty_lines: true }).slice(1)
      expect(await cellsIn(content), content).toEqual(expected)
    }
  })

  it.each([1, 3, 1_000, 65_536, 10_000_000])(
    'is read the same in pieces of %d bytes',
    async (size) => {
      const rows = '"ñ\r\n""","漢;😀"\nx,y\n'.repeat(size < 1_000 ? 10 : 15_000)
      const content = `a,b\n${rows}`
      const records = []
      for await (const page of readCsv(inPieces(content, size), { required: [] })) {
        records.push(...page.records.map(({ cells }) => cells.values))
      }
      expect(records).toEqual(parse(content, { from: 2 }))
    },
  )

  it('is closed by who stops reading', async () => {
    let isClosed = false
    async function* endless() {
      try {
        yield Buffer.from('a,b\n')
        for (;;) yield Buffer.from('1,2\n'.repeat(100_000))
      } finally {
        isClosed = true
      }
    }
    for await (const { records } of readCsv(endless(), { required: [] })) {
      if (records.length > 0) break
    }
    expect(isClosed).toBe(true)
  })
})

describe('a file that is no CSV of movements', () => {
  it.each(['', '\uFEFF', '\n\r\n'])('has no header: %j', async (content) => {
    const error = await rejectionOf(content)
    expect(error).toBeInstanceOf(RejectedError)
    expect(error).toMatchObject({ code: 'csv-no-header', line: 1, message: 'line 1: no header' })
  })

  it.each([
    ['a cell too many', 'a,b\n1,2\n3,4,SECRET\n', 3, 'csv-column-count'],
    ['a cell too few', 'a,b\n"1\n2",2\nSECRET\n', 4, 'csv-column-count'],
    ['a stray quote', 'a,b\n1,2\n3,SE"CRET\n4,"5"\n', 3, 'csv-quote-not-closed'],
    ['stray quotes', 'a,b\n1,2\n3,S"ECRET\n4,5"\n', 3, 'csv-quote'],
    ['a quote that is not doubled', 'a,b\n1,2\n"3\n4","SE" "CRET"\n', 4, 'csv-quote'],
    ['a quote that is not closed', 'a,b\n1,2\n3,"SECRET\n4,5\n', 3, 'csv-quote-not-closed'],
    ['the lines of an old Macintosh', 'a,b\n1,2\r3,SECRET\r\n', 2, 'csv-line-end'],
  ])('has %s', async (_, content, line, code) => {
    const error = await rejectionOf(content)
    expect(error).toMatchObject({ code, line })
    expect(String(error)).toContain(`line ${line}: `)
    expect(String(error)).not.toContain('SECRET')
  })

  it('has a wrong number of columns far behind its beginning', async () => {
    const rows = ',,,,,,,\n'.repeat(699_999)
    const error = await rejectionOf(`a,b,c,d,e,f,g,h\n${rows},,,,,,\n`)
    expect(error).toMatchObject({
      line: 700_001,
      message: 'line 700,001: 7 columns, 8 expected',
    })
  })

  it('has a record that is longer than any', async () => {
    const long = 'x'.repeat(100)
    const terms = { recordBytesMax: 103 }
    expect(await rejectionOf(`a,b\n1,${long}\n`, terms)).toBeUndefined()
    const error = await rejectionOf(`a,b\n1,2\n1,${long}x\n`, terms)
    const message = 'line 3: longer than 103 bytes: is a quote not closed?'
    expect(error).toMatchObject({ code: 'csv-record-too-long', line: 3, message })
  })

  it('has a quote that is not closed in a file without end', async () => {
    async function* endless() {
      yield Buffer.from('a,b\n1,2\n3,"4\n')
      for (;;) yield Buffer.from('5,6\n'.repeat(10_000))
    }
    const read = async () => {
      for await (const _ of readCsv(endless(), { required: [] }));
    }
    await expect(read()).rejects.toMatchObject({ code: 'csv-record-too-long', line: 3 })
  })

  it.each([
    ['another encoding', Buffer.from('a,b\n1,2\n"3\n4",Mu\xf1oz\n', 'latin1'), 4],
    ['another encoding in its last line', Buffer.from('a,b\n1,2\n3,Mu\xf1oz', 'latin1'), 3],
    ['an end within a letter', Buffer.from('a,b\n1,ñ').subarray(0, -1), 2],
    ['UTF-16', Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), 1],
  ])('is in %s', async (_, content, line) => {
    const error = await rejectionOf(content)
    const message = `line ${line}: not in UTF-8`
    expect(error).toMatchObject({ code: 'csv-not-utf8', line, message })
  })

  it('is told by its first mistake, in whatever pieces it comes', async () => {
    const content = Buffer.from('a,b\n1\n3,Mu\xf1oz\n4,"5\n', 'latin1')
    expect(await rejectionOf(content)).toMatchObject({ code: 'csv-column-count', line: 2 })
  })
})

/** A file of three columns whose cells are quoted where they must be, and sometimes where they need not. */
function randomCsv(seed: number): string {
  let state = seed * 2_654_435_761 + 1
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
  const signs = ['a', 'ñ', '漢', '😀', ' ', ',', ';', '"', '\n', '\r\n']
  const cell = () => {
    const text = Array.from({ length: next(6) }, () => signs[next(signs.length)]!).join('')
    const isQuoted = /[,"\r\n]/.test(text) || next(4) === 0
    return isQuoted ? `"${text.replaceAll('"', '""')}"` : text
  }
  const lineEnd = next(2) === 0 ? '\n' : '\r\n'
  const rows = Array.from({ length: next(20) }, () => [cell(), cell(), cell()].join(','))
  return (next(2) === 0 ? '\uFEFF' : '') + ['x,y,z', ...rows].join(lineEnd) + lineEnd
}
