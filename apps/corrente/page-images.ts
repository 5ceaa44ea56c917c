import { crc32, deflateSync } from 'node:zlib'

/** Dots on a point: 144 an inch. */
const scale = 2

/** The pages of a PDF as PNG, in the colours that Chrome's own library draws. It is loaded for the first. */
export async function pageImages(pdf: Uint8Array): Promise<readonly Buffer[]> {
  const { PDFiumLibrary } = await import('@hyzyla/pdfium')
  const library = await PDFiumLibrary.init()
  try {
    const document = await library.loadDocument(pdf)
    const images: Buffer[] = []
    for (const page of document.pages()) {
      images.push(pngOf(await page.render({ scale, render: 'bitmap' })))
    }
    document.destroy()
    return images
  } finally {
    library.destroy()
  }
}

/** By rows from the top, four bytes a dot: red, green, blue, and one that is not used. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** A bitmap as PNG. */
export function pngOf({ width, height, data }: Bitmap): Buffer {
  // Each row begins with how it is told: as it is.
  const rowBytes = 1 + 3 * width
  const rows = Buffer.alloc(rowBytes * height)
  for (let dot = 0; dot < width * height; dot++) {
    const to = Math.floor(dot / width) * rowBytes + 1 + 3 * (dot % width)
    rows.set(data.subarray(4 * dot, 4 * dot + 3), to)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits a colour, and three colours.
  head.set([8, 2], 8)
  const signature = Buffer.from('\u0089PNG\r\n\u001A\n', 'latin1')
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND')]
  return Buffer.concat([signature, ...chunks])
}

/** How long it is, what it is, what is in it, and a check of the last two. */
function chunk(type: string, body: Uint8Array = Buffer.alloc(0)): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(body.length, 0)
  ends.writeUInt32BE(crc32(content), 4)
  return Buffer.concat([ends.subarray(0, 4), content, ends.subarray(4)])
}
