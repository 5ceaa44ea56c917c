import { createHash } from 'node:crypto'
import { type CompiledBlock, shapeOf } from '#connectors/pdf-compiled/block'
import { page, type Piece } from '#connectors/pdf-compiled/drawing'
import { type Frame, numbers, resourcesNumber } from '#connectors/pdf-compiled/frame'
import { newPaper, type Paper } from '#connectors/pdf-compiled/paper'
import { newTable, references, stretchOf } from '#connectors/pdf-compiled/pdf-objects'
import { treeObjects } from '#connectors/pdf-compiled/tree'

/** Where everything is on the pages of all records of a shape, and the objects that they share. */
export interface Plan {
  readonly pages: readonly (readonly Piece[])[]
  /** What stands behind the frame in the file. */
  readonly bytes: Buffer
  /** The objects of frame and plan; the others have no place in it yet. */
  readonly table: Buffer
  /** A hash of the bytes of frame and plan. */
  readonly identity: Uint8Array
  /** Of what pages are drawn by: so many from this one on. */
  readonly contents: number
  /** Of the table itself, which is the last. */
  readonly last: number
}

interface Planned {
  readonly frame: Frame
  readonly blocks: readonly CompiledBlock[]
  /** Points from the top of each page to its foot. */
  readonly bottom: number
}

export function planOf({ frame, blocks, bottom }: Planned, shape: readonly number[]): Plan {
  const paper = newPaper(bottom)
  const read = shapeOf(shape)
  for (const block of blocks) block.lay(paper, read)
  return { pages: paper.sheets.map(({ pieces }) => pieces), ...objectsOf(paper, frame) }
}

function objectsOf(paper: Paper, frame: Frame): Omit<Plan, 'pages'> {
  const count = paper.sheets.length
  const pages = paper.sheets.map((_, nth) => frame.next + nth)
  const contents = frame.next + count
  const tree = treeObjects(paper, { root: numbers.tree, pages, next: contents + count })
  const packed = new Map(tree.objects)
  const size = `0 0 ${page.width} ${page.height}`
  packed.set(numbers.pages, `<</Type/Pages/Count ${count}/Kids${references(pages)}>>`)
  pages.forEach((number, nth) =>
    packed.set(
      number,
      `<</Type/Page/Parent ${numbers.pages} 0 R/MediaBox[${size}]/Resources ${resourcesNumber} 0 R` +
        `/Contents ${contents + nth} 0 R/StructParents ${nth}/Tabs/S>>`,
    ),
  )
  const packing = tree.next
  const last = packing + 1
  const table = newTable(last + 1)
  frame.table.copy(table)
  const bytes = stretchOf({ streams: [], packed, packing }, frame.bytes.length, table)
  const identity = createHash('sha256').update(frame.identity).update(bytes).digest()
  return { bytes, table, identity, contents, last }
}
