import type { Bitmap, DrawnPage } from '#tests/contract/rendering/page-pen'

/** The square a QR code takes up, without its quiet zone, in points from the lower left corner of its page. */
export interface DrawnSquare {
  readonly x: number
  readonly y: number
  readonly size: number
  /** Of one module. */
  readonly moduleSize: number
}

/** The modules of the QR code of a page, by rows from the top. Throws where there is none. */
export function drawnModules(page: DrawnPage): DrawnSquare & { readonly modules: Bitmap } {
  const [image, ...more] = page.images.filter(({ colour }) => colour === 'black')
  if (more.length > 0) throw new Error('there is more than one image')
  return image ? ofImage(image) : ofRectangles(page.rectangles)
}

function ofImage({ x, y, width, height, bitmap }: DrawnPage['images'][number]) {
  if (Math.abs(width - height) > 0.01) throw new Error('the QR code is no square')
  return { x, y, size: width, moduleSize: width / bitmap.length, modules: bitmap }
}

/** Squares of one module, or runs of them: most black rectangles are as high as one. */
function ofRectangles(rectangles: DrawnPage['rectangles']) {
  const blacks = rectangles.filter(({ colour }) => colour === 'black')
  const moduleSize = mostOften(blacks.map(({ height }) => height))
  if (moduleSize === undefined) throw new Error('there is no QR code')
  const runs = blacks.filter(({ height }) => Math.abs(height - moduleSize) < 0.01)
  const x = Math.min(...runs.map((run) => run.x))
  const y = Math.min(...runs.map((run) => run.y))
  const size = Math.max(...runs.map((run) => run.y + run.height)) - y
  const count = Math.round(size / moduleSize)
  const modules = Array.from({ length: count }, () => Array<boolean>(count).fill(false))
  for (const run of runs) {
    const row = modules[Math.round((y + size - run.y - run.height) / moduleSize)]!
    const from = Math.round((run.x - x) / moduleSize)
    row.fill(true, from, from + Math.round(run.width / moduleSize))
  }
  return { x, y, size, moduleSize, modules }
}

function mostOften(sizes: readonly number[]): number | undefined {
  const counts = new Map<number, number>()
  for (const size of sizes) {
    const rounded = Math.round(size * 100) / 100
    counts.set(rounded, (counts.get(rounded) ?? 0) + 1)
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0]
}
