import { deflateSync } from 'node:zlib'

/** A PDF's table of its objects, eight bytes a row: its kind; its offset, or the stream it is in; which one there. */
export const tableShape = '/W[1 4 3]'
const rowBytes = 8

/** A table of so many objects, number 0 included, which is always free. */
export function newTable(size: number): Buffer {
  const table = Buffer.alloc(size * rowBytes)
  table.writeUIntBE(65_535, 5, 3)
  return table
}

/** An object is at an offset of the file. */
export function setOffset(table: Buffer, number: number, offset: number): void {
  table[number * rowBytes] = 1
  table.writeUInt32BE(offset, number * rowBytes + 1)
}

/** An object is the nth of those that a stream packs. */
function setPacked(table: Buffer, number: number, within: number, nth: number): void {
  table[number * rowBytes] = 2
  table.writeUInt32BE(within, number * rowBytes + 1)
  table.writeUIntBE(nth, number * rowBytes + 5, 3)
}

/** An object that is a stream, as it stands in the file. `members` are those of its dictionary but its length. */
export function streamObject(
  number: number,
  members: string,
  body: Uint8Array,
): readonly Uint8Array[] {
  const head = `${number} 0 obj\n<<${members}/Length ${body.length}>>stream\n`
  return [Buffer.from(head, 'latin1'), body, streamEnd]
}

const streamEnd = Buffer.from('\nendstream\nendobj\n')

export const deflated = '/Filter/FlateDecode'

/** What is written once and read often. */
export const deflate = (bytes: Uint8Array): Buffer => deflateSync(bytes, { level: 6 })

/** A stretch of a file: objects that are streams, and others by number that one more stream packs. */
export interface Stretch {
  readonly streams: readonly {
    readonly number: number
    readonly members: string
    readonly body: Uint8Array
  }[]
  readonly packed: ReadonlyMap<number, string>
  /** The number of the stream that packs. */
  readonly packing: number
}

/** The bytes of a stretch that begins at an offset of the file; its objects are set in the table. */
export function stretchOf(stretch: Stretch, offset: number, table: Buffer): Buffer {
  const { packing, packed } = stretch
  const parts: Uint8Array[] = []
  let end = offset
  for (const { number, members, body } of [...stretch.streams, packedStream(packing, packed)]) {
    setOffset(table, number, end)
    for (const part of streamObject(number, members, body)) {
      parts.push(part)
      end += part.length
    }
  }
  ;[...packed.keys()].forEach((number, nth) => setPacked(table, number, packing, nth))
  return Buffer.concat(parts)
}

/** First the numbers and where each object begins, then the objects. */
function packedStream(number: number, packed: ReadonlyMap<number, string>) {
  const heads: string[] = []
  let objects = ''
  for (const [packedNumber, object] of packed) {
    heads.push(`${packedNumber} ${objects.length}`)
    objects += `${object}\n`
  }
  const first = `${heads.join(' ')}\n`
  const members = `/Type/ObjStm/N ${packed.size}/First ${first.length}${deflated}`
  return { number, members, body: deflate(Buffer.from(first + objects, 'latin1')) }
}

/** A text for people, as objects have it. */
export const pdfText = (text: string): string =>
  `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`

/** A list of references to objects. */
export const references = (numbers: readonly number[]): string =>
  `[${numbers.map((number) => `${number} 0 R`).join(' ')}]`
