import { inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { newTable, pdfText, setOffset, stretchOf } from '#connectors/pdf-compiled/pdf-objects'

it('places streams one behind another, and packs what is none', () => {
  const table = newTable(6)
  const stretch = {
    streams: [{ number: 3, members: '/A 1', body: Buffer.from('body') }],
    packed: new Map([
      [2, '<</B 2>>'],
      [5, '[7]'],
    ]),
    packing: 4,
  }
  const bytes = stretchOf(stretch, 100, table)
  const text = bytes.toString('latin1')
  const first = '3 0 obj\n<</A 1/Length 4>>stream\nbody\nendstream\nendobj\n'
  expect(text.startsWith(first)).toBe(true)
  const head =
    /^4 0 obj\n<<\/Type\/ObjStm\/N 2\/First 8\/Filter\/FlateDecode\/Length (\d+)>>stream\n/
  const [begin = '', length] = head.exec(text.slice(first.length)) ?? []
  const from = first.length + begin.length
  const packed = inflateSync(bytes.subarray(from, from + Number(length))).toString()
  expect(packed).toBe('2 0 5 9\n<</B 2>>\n[7]\n')
  setOffset(table, 1, 0x01020304)
  const rows = Array.from({ length: 6 }, (_, number) => [
    ...table.subarray(number * 8, number * 8 + 8),
  ])
  expect(rows).toEqual([
    [0, 0, 0, 0, 0, 0, 255, 255],
    [1, 1, 2, 3, 4, 0, 0, 0],
    [2, 0, 0, 0, 4, 0, 0, 0],
    [1, 0, 0, 0, 100, 0, 0, 0],
    [1, 0, 0, 0, 100 + first.length, 0, 0, 0],
    [2, 0, 0, 0, 4, 0, 0, 1],
  ])
})

it('has texts for people in UTF-16', () => {
  expect(pdfText('Código €')).toBe('<feff004300f3006400690067006f002020ac>')
})
