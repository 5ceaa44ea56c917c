import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Block, Document, Renderer } from '#ports/rendering'
import {
  documentOf,
  everyBlock,
  paragraph,
  qrBlock,
  textsOf,
} from '#tests/contract/rendering/documents'
import { expectOnPaper, expectQuiet, instantsIn } from '#tests/contract/rendering/page-checks'
import { type ReadPage, readPdf, withoutBlanks } from '#tests/contract/rendering/read-pdf'
import { readQr } from '#tests/contract/rendering/read-qr'

// Whole points will do.
const a4 = [595.28, 841.89].map((points): unknown => expect.closeTo(points, 0))
const italian = 'àèéìíòóùú ÀÈÉÌÍÒÓÙÚ ç ñ ß š č ž đ ć ł ő ș ț ğ ø å æ œ ’ ‘ “ ” « » – — … ° ª º € £'

/** What holds of every renderer: `open` gives one of its own each time. */
export function holdsAsRenderer(name: string, open: () => Renderer): void {
  let renderer: Renderer | undefined
  const render: Render = (document) => (renderer ??= open()).render(document)
  describe.each([
    ['draws a document', whole],
    ['draws the same bytes', () => sameBytes(render, open)],
    ['leaves nothing out', complete],
    ['meets a character it has no sign for', unknownCharacters],
    ['draws a QR code', qrCodes],
  ] as const)(`${name} %s`, { timeout: 60_000 }, (_what, hold) => hold(render))
}

type Render = Renderer['render']

const readerOf = (render: Render) => async (document: Document) => readPdf(await render(document))

function whole(render: Render): void {
  const read = readerOf(render)
  it('whole and in order, on A4, with its fonts', async () => {
    const pdf = await read(documentOf(everyBlock))
    expect(pdf.pages.map(({ width, height }) => [width, height])).toEqual([a4])
    expect(pdf.pages[0]!.areFontsEmbedded).toBe(true)
    expect(pdf.text).toBe(withoutBlanks(everyBlock.flatMap(textsOf).join('')))
  })

  it('with all letters of Italian names and of its neighbours', async () => {
    const pdf = await read(documentOf([{ kind: 'title', text: italian }, paragraph(italian)]))
    expect(pdf.text).toBe(withoutBlanks(italian + italian))
  })

  it('in black and white', async () => {
    const { pages } = await read(documentOf(everyBlock))
    expect(pages[0]!.colours).toContain('black')
    for (const colour of pages[0]!.colours) expect(['black', 'white']).toContain(colour)
  })

  it('so that the file tells nothing but title, language and date beside its pages', async () => {
    const pdf = await read(documentOf(everyBlock, { title: 'Avviso' }))
    expect(pdf.language).toBe('it')
    expect(pdf.told).toContain('Avviso')
    const instants = new Set(pdf.told.flatMap(instantsIn))
    expect([...instants]).toEqual(['2025-03-10T08:15:02.000Z'])
    // Whatever else is told is a word: of the program, or of the kind of PDF.
    const rest = pdf.told.filter((one) => one !== 'Avviso' && instantsIn(one).length === 0)
    for (const one of rest) expect(one).toMatch(/^[\w/-]{1,20}$/)
  })

  it('with texts that mean something to machines as texts', async () => {
    const texts = ['<b>&amp;</b>', '/etc/passwd', 'file:///etc/passwd', '${title} {{title}} %n']
    const blocks = texts.map(paragraph)
    expect((await read(documentOf(blocks))).text).toBe(withoutBlanks(texts.join('')))
  })
}

function sameBytes(render: Render, open: () => Renderer): void {
  it('of the same document, a second later, at the same time, by another', async () => {
    const document = documentOf(everyBlock)
    const first = await render(document)
    await sleep(1_100)
    const others = await Promise.all([
      render(document),
      render(structuredClone(document)),
      open().render(document),
    ])
    for (const other of others) expect(Buffer.compare(other, first)).toBe(0)
  })

  it('and others of another document', async () => {
    const first = await render(documentOf([paragraph('a')]))
    const other = await render(documentOf([paragraph('b')]))
    expect(Buffer.compare(other, first)).not.toBe(0)
  })
}

function complete(render: Render): void {
  const read = readerOf(render)
  it.each<[string, Block, number]>([
    ['a long text', paragraph(long + long), 2],
    ['a word that fits no line', paragraph(unbroken), 1],
    ['a title', { kind: 'title', text: unbroken + long }, 2],
    ['a warning', { kind: 'warning', text: unbroken + long }, 2],
    ['a label', { kind: 'fields', fields: [{ label: unbroken + long, value: '1' }] }, 2],
    ['a value', { kind: 'fields', fields: [{ label: 'Oggetto', value: unbroken + long }] }, 2],
    ['a caption', { ...qrBlock, caption: unbroken + long }, 2],
    [
      'what is beside a QR code',
      { ...qrBlock, fields: [{ label: 'a', value: unbroken + long }] },
      2,
    ],
  ])('of %s, and stays on the paper', async (_what, block, pagesMin) => {
    const pdf = await read(documentOf([block, paragraph('the end')]))
    const texts = withoutBlanks([...textsOf(block), 'the end'].join(''))
    expect(sorted(pdf.text)).toBe(sorted(texts))
    expect(pdf.pages.length).toBeGreaterThanOrEqual(pagesMin)
    for (const page of pdf.pages) expectOnPaper(page)
  })

  it('of a QR code, which stays with what is beside it', async () => {
    const lines = Array.from({ length: 30 }, (_, nth) => paragraph(`${nth}`))
    for (const count of [15, 20, 25, 30]) {
      const { pages } = await read(documentOf([...lines.slice(0, count), qrBlock]))
      const [page] = pages.filter(({ texts }) => textOf(texts).includes('Codiceavviso'))
      expect(readQr(page!).text).toBe(qrBlock.text)
    }
  })

  it('of a text that is not composed, or has blanks and marks of its own', async () => {
    const text = 'Niccolo\u0300\u00AD\u202E\tD\u2019Angio\u0300\n'
    const pdf = await read(documentOf([paragraph(text)]))
    expect(pdf.text).toBe('NiccolòD’Angiò')
  })
}

function unknownCharacters(render: Render): void {
  const read = readerOf(render)
  const texts = ['Canone 漢', 'Canone 😀', 'Canone \uD83D', 'مرحبا']

  it.each(texts)('and refuses the document: %j', async (text) => {
    const fields = [{ label: 'Oggetto', value: text }]
    const drawing = render(documentOf([{ kind: 'fields', fields }]))
    await expect(drawing).rejects.toMatchObject({ name: 'RejectedError', code: 'no-sign' })
    await expect(drawing).rejects.not.toThrow(text)
  })

  it.each(texts)('and shows that it is missing, where the document says so: %j', async (text) => {
    const blocks = [paragraph(text)]
    const pdf = await read(documentOf(blocks, { unknownCharacters: 'show' }))
    expect(pdf.text).toBe(withoutBlanks(text).replace(/[^Canone]/gu, '\uFFFD'))
  })
}

function qrCodes(render: Render): void {
  const read = readerOf(render)
  it.each([
    ['PAGOPA|002|301000000012345688|01234567890|05', 4],
    ['PAGOPA|002|301000000012345688|01234567890|9999999999', 4],
    ['301000000012345688', 2],
    ['A', 1],
    ['https://pay.example/notice?code=301000000012345688&amount=4250&creditor=01234567890#qr', 6],
  ])('that reads %s, level M, version %i', async (text, version) => {
    const { pages } = await read(documentOf([{ ...qrBlock, text }]))
    const qr = readQr(pages[0]!)
    expect(qr).toMatchObject({ text, version, level: 'M' })
    // Half a millimetre: what cameras of telephones and readers at counters read from paper.
    expect(qr.moduleSize).toBeGreaterThan(1.4)
    expectQuiet(pages[0]!, qr)
  })

  it.each(['', 'è', 'a\nb', 'x'.repeat(3_000)])('of no other text: %j', async (text) => {
    const drawing = render(documentOf([{ ...qrBlock, text }]))
    await expect(drawing).rejects.toMatchObject({ name: 'RejectedError', code: 'no-qr' })
  })
}

const long = 'Canone unico patrimoniale di concessione '.repeat(100)
const unbroken = 'W'.repeat(900)

const textOf = (texts: ReadPage['texts']): string =>
  withoutBlanks(texts.map(({ text }) => text).join(''))
const sorted = (text: string): string => [...text].sort().join('')
