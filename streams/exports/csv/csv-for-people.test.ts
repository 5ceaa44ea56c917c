import { describe, expect, it } from 'vitest'
import { csvForPeople } from '#streams/exports/csv/csv-for-people'

const given = async (csv: string, pieceBytes = csv.length + 1): Promise<string> => {
  const bytes = Buffer.from(csv)
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
  }
  const parts = []
  for await (const part of csvForPeople(pieces())) parts.push(part)
  return Buffer.concat(parts).toString()
}

describe('a CSV for people', () => {
  it('has the mark of UTF-8, CRLF, its own separator, and quotes where it needs them', async () => {
    const csv = 'a;b\nñ;"x;y"\n"say ""hi""";\n'
    expect(await given(csv)).toBe('\uFEFFa;b\r\nñ;"x;y"\r\n"say ""hi""";\r\n')
  })

  it('runs nothing as a formula, not its header either, and leaves numbers what they are', async () => {
    const csv = '=a,b\n"=HYPERLINK(""x"")",-12.50\n@x,+34 600\n'
    expect(await given(csv)).toBe(`\uFEFF'=a,b\r\n"'=HYPERLINK(""x"")",-12.50\r\n'@x,'+34 600\r\n`)
  })

  it('is the same in whatever pieces it comes, and without movements its header', async () => {
    const csv = `a,b\n${'1,"two\nlines"\n'.repeat(20_000)}`
    expect(await given(csv, 1_000)).toBe(await given(csv))
    expect(await given('a,b\n')).toBe('\uFEFFa,b\r\n')
  })

  it('is refused where it is none, by the line', async () => {
    await expect(given('a,b\n1,2\n3\n')).rejects.toMatchObject({
      code: 'csv-column-count',
      message: 'line 3: 1 columns, 2 expected',
    })
  })

  it('lets go of its source when nobody reads on', async () => {
    let isClosed = false
    async function* endless() {
      try {
        yield Buffer.from('a,b\n')
        for (;;) yield Buffer.from('1,2\n'.repeat(50_000))
      } finally {
        isClosed = true
      }
    }
    for await (const part of csvForPeople(endless())) if (part.length > 0) break
    expect(isClosed).toBe(true)
  })
})
