import type { Element, Paper } from '#connectors/pdf-compiled/paper'
import { references } from '#connectors/pdf-compiled/pdf-objects'

interface Numbers {
  /** Of the root of the tree. */
  readonly root: number
  readonly pages: readonly number[]
  /** The first that is free. */
  readonly next: number
}

/** The objects of the tree of what is on the pages, by number; and the first number that is free then. */
export function treeObjects(
  { document, sheets }: Paper,
  { root, pages, next }: Numbers,
): { readonly objects: ReadonlyMap<number, string>; readonly next: number } {
  const objects = new Map<number, string>()
  const numberOf = new Map<Element, number>()
  let free = next
  const put = (element: Element, parent: number): number => {
    const number = free++
    numberOf.set(element, number)
    const children = element.children.map((child) => put(child, number))
    const is = `/Type/StructElem/S/${element.type}/P ${parent} 0 R${element.attributes}`
    objects.set(number, `<<${is}${contentOf(element, children, pages)}>>`)
    return number
  }
  const top = put(document, root)
  // Back from each mark to its element.
  const marked = sheets.map(({ marked }, nth) => {
    const numbers = marked.map((element) => numberOf.get(element)!)
    return `${nth} ${references(numbers)}`
  })
  const parents = free++
  objects.set(parents, `<</Nums[${marked.join(' ')}]>>`)
  const tree = `/K ${top} 0 R/ParentTree ${parents} 0 R/ParentTreeNextKey ${sheets.length}`
  objects.set(root, `<</Type/StructTreeRoot${tree}>>`)
  return { objects, next: free }
}

/** An element has others in it, or is drawn: on one page mostly. */
function contentOf(
  { marks }: Element,
  children: readonly number[],
  pages: readonly number[],
): string {
  if (children.length > 0) return `/K${references(children)}`
  const [first, ...more] = marks
  if (!first) return ''
  if (more.length === 0) return `/Pg ${pages[first.page]} 0 R/K ${first.number}`
  const all = marks.map(({ page, number }) => `<</Type/MCR/Pg ${pages[page]} 0 R/MCID ${number}>>`)
  return `/K[${all.join('')}]`
}
