import { expect, it } from 'vitest'
import {
  drawArtifact,
  drawElement,
  childOf,
  newPaper,
  roomOn,
  turn,
} from '#connectors/pdf-compiled/paper'

it('marks what is drawn by page and number, so that its element finds it', () => {
  const paper = newPaper(780)
  const [one, other] = ['P', 'H1'].map((type) => childOf(paper.document, type))
  drawElement(paper, one!, 'a ')
  drawElement(paper, other!, 'b ')
  drawArtifact(paper, 'c ')
  turn(paper)
  drawElement(paper, one!, 'd ')
  drawArtifact(paper, 'e ', '/Type/Pagination')
  expect(one!.marks).toEqual([
    { page: 0, number: 0 },
    { page: 1, number: 0 },
  ])
  expect(other!.marks).toEqual([{ page: 0, number: 1 }])
  expect(paper.document.children).toEqual([one, other])
  expect(paper.sheets.map(({ marked }) => marked)).toEqual([[one, other], [one]])
  expect(paper.sheets.map(({ pieces }) => (pieces as string[]).join(''))).toEqual([
    '/P<</MCID 0>>BDC a EMC\n/H1<</MCID 1>>BDC b EMC\n/Artifact BMC c EMC\n',
    '/P<</MCID 0>>BDC d EMC\n/Artifact<</Type/Pagination>>BDC e EMC\n',
  ])
})

it('has operators one behind another as one piece', () => {
  const paper = newPaper(780)
  drawArtifact(paper, 'a b ')
  drawArtifact(paper, { codeX: 0, codeTop: 0, codeSize: 1 })
  expect(paper.sheets[0]!.pieces).toEqual([
    '/Artifact BMC a b EMC\n/Artifact BMC ',
    { codeX: 0, codeTop: 0, codeSize: 1 },
    'EMC\n',
  ])
})

it('begins below the margin, on each page', () => {
  const paper = newPaper(780)
  expect(roomOn(paper)).toBe(740)
  paper.top += 700
  turn(paper)
  expect(roomOn(paper)).toBe(740)
})
