import { expect, it } from 'vitest'
import { childOf, drawElement, newPaper, turn } from '#connectors/pdf-compiled/paper'
import { treeObjects } from '#connectors/pdf-compiled/tree'

it('leads from the document to what is drawn, and back', () => {
  const paper = newPaper(780)
  const heading = childOf(paper.document, 'H1')
  const table = childOf(paper.document, 'Table')
  const row = childOf(table, 'TR')
  const cell = childOf(row, 'TD', '/A<</O/Table>>')
  childOf(row, 'TD')
  drawElement(paper, heading, '')
  drawElement(paper, cell, '')
  turn(paper)
  drawElement(paper, cell, '')
  const { objects, next } = treeObjects(paper, { root: 4, pages: [8, 9], next: 20 })
  expect(Object.fromEntries(objects)).toEqual({
    20: '<</Type/StructElem/S/Document/P 4 0 R/K[21 0 R 22 0 R]>>',
    21: '<</Type/StructElem/S/H1/P 20 0 R/Pg 8 0 R/K 0>>',
    22: '<</Type/StructElem/S/Table/P 20 0 R/K[23 0 R]>>',
    23: '<</Type/StructElem/S/TR/P 22 0 R/K[24 0 R 25 0 R]>>',
    24:
      '<</Type/StructElem/S/TD/P 23 0 R/A<</O/Table>>' +
      '/K[<</Type/MCR/Pg 8 0 R/MCID 1>><</Type/MCR/Pg 9 0 R/MCID 0>>]>>',
    25: '<</Type/StructElem/S/TD/P 23 0 R>>',
    26: '<</Nums[0 [21 0 R 24 0 R] 1 [24 0 R]]>>',
    4: '<</Type/StructTreeRoot/K 20 0 R/ParentTree 26 0 R/ParentTreeNextKey 2>>',
  })
  expect(next).toBe(27)
})
