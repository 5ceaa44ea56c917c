import { describe, expect, it } from 'vitest'
import { templateLanguages } from '#ports/templates'
import { charactersOf } from '#ports/template-characters'
import { leavesNothingOut } from '#tests/contract/templates/complete-documents'
import { expectOnPaper, expectQuiet } from '#tests/contract/rendering/page-checks'
import { readPdf, withoutBlanks } from '#tests/contract/rendering/read-pdf'
import { readQr } from '#tests/contract/rendering/read-qr'
import {
  hardened,
  hardTexts,
  noticeOf,
  receiptOf,
  recordOf,
} from '#tests/contract/templates/records'
import {
  refusesBatches,
  refusesFooters,
  refusesRecords,
} from '#tests/contract/templates/refused-records'
import {
  footOf,
  renderingWith,
  type TemplateDriver,
  templateNamed,
} from '#tests/contract/templates/template-driver'

/** What holds of every compiler of templates, told by those that come with the platform. */
export function holdsAsTemplateCompiler(name: string, driver: TemplateDriver): void {
  describe.each([
    ['prints a record', prints],
    ['tells a record', tells],
    ['prints the same bytes', sameBytes],
    ['leaves nothing out', leavesNothingOut],
    ['refuses', refusesRecords],
    ['refuses', refusesBatches],
    ['refuses', refusesFooters],
  ] as const)(`${name} %s`, (_what, hold) => hold(driver))
}

function prints(driver: TemplateDriver): void {
  const { shipped } = driver
  const render = renderingWith(driver)

  it.each(
    shipped.flatMap(({ name }) => templateLanguages.map((language) => [name, language] as const)),
  )('of %s in %s, on A4, with its fonts, in its language', (name, language) => {
    const record = recordOf[name]!(3)
    const pdf = readPdf(render(name, record, language))
    const [page, ...more] = pdf.pages
    expect(more).toEqual([])
    expect([page!.width, page!.height]).toEqual([595.28, 841.89])
    expect(page!.areFontsEmbedded).toBe(true)
    expect(pdf.language).toBe(language)
    expect(pdf.told).toContain(shipped.find((one) => one.name === name)!.texts[language]!['title'])
    expectOnPaper(page!)
  })

  it('with its labels, values and rows in the order they are read in', () => {
    const pdf = readPdf(render('notice', noticeOf(1), 'it-IT'))
    const told = [
      'Comune di Bugliano Avviso di pagamento',
      'Avviso 3010 0000 0012 3456 88 Emesso 07/01/2026 09:15:02 UTC+01:00',
      'Destinatario Niccolò D’Angiò Documento DNGNCL80A01H501U',
      'Indirizzo Piazza Unità 1, 00100 Bugliano (XX) Scadenza 31/03/2026',
      'Canone unico patrimoniale 2026',
      'Si prega di pagare 142,50 € entro il 31/03/2026. Dopo tale data possono aggiungersi interessi e',
      'spese. Chi ha già pagato non tenga conto di questo avviso.',
      'Causale Importo Occupazione di suolo pubblico, area 1 42,50 € Totale da pagare 142,50 €',
      'Si paga con questo codice dall’app della banca o allo sportello. Avviso 3010 0000 0012 3456 88.',
    ]
    expect(pdf.text).toBe(withoutBlanks(told.join('')))
    expect(footOf(pdf.pages[0]!)).toBe('Comune di Bugliano · Pagina 1 di 1')
  })

  it('with amounts that end at the edge of their column', () => {
    const [page] = readPdf(render('receipt', receiptOf(1))).pages
    const amounts = page!.texts.filter(({ text }) => text.startsWith('$'))
    expect(amounts.length).toBe(14)
    const edges = new Set(amounts.map(({ x, width }) => Math.round(x + width)))
    expect(edges.size).toBe(2)
  })

  it('with a code that reads back, level M, and nothing near it', () => {
    for (const record of [receiptOf(1), noticeOf(2)]) {
      const name = 'movements' in record ? 'receipt' : 'notice'
      const [page] = readPdf(render(name, record)).pages
      const qr = readQr(page!)
      expect(qr).toMatchObject({ text: record['verification'] ?? record['payment'], level: 'M' })
      expect(qr.moduleSize).toBeGreaterThan(1.4)
      expectQuiet(page!, qr)
    }
  })
}

function tells(driver: TemplateDriver): void {
  const render = renderingWith(driver)

  it('so that the file tells nothing of it beside its pages but the date', () => {
    const record = receiptOf(1)
    const { told } = readPdf(render('receipt', record))
    expect(told.filter((one) => one === record['issued_at'])).toHaveLength(2)
    const { issued_at: _dated, movements: _rows, ...rest } = record
    const everything = told.join('\n')
    for (const value of Object.values(rest)) expect(everything).not.toContain(value)
  })

  it('with texts that mean something to machines as texts', () => {
    const texts = ['<b>&amp;</b>', '/etc/passwd', '{number} ${title} %n', '(a) Tj ET']
    for (const text of texts) {
      const { text: printed } = readPdf(render('receipt', { ...receiptOf(1), holder: text }))
      expect(printed).toContain(withoutBlanks(text))
    }
  })
}

function sameBytes(driver: TemplateDriver): void {
  const render = renderingWith(driver)
  const receipt = templateNamed(driver, 'receipt')

  it('of the same record, by another compiled template, whatever was printed before', () => {
    const records = [
      receiptOf(1),
      receiptOf(2),
      hardened(receiptOf(3), hardTexts.long),
      receiptOf(4, 90),
    ]
    const batch = { language: 'es-PE', characters: charactersOf(records) }
    const [one, other] = [batch, batch].map((batch) => driver.compiler.compile(receipt, batch))
    const first = records.map((record) => one!.render(record))
    const again = records
      .toReversed()
      .map((record) => other!.render(record))
      .reverse()
    first.forEach((bytes, nth) => expect(Buffer.compare(bytes, again[nth]!)).toBe(0))
    expect(Buffer.compare(one!.render(records[0]!), first[0]!)).toBe(0)
  })

  it('in pieces as in one, which stay what they are whatever is printed after', () => {
    const records = [receiptOf(1), receiptOf(2, 90), receiptOf(3)]
    const batch = { language: 'es-PE', characters: charactersOf(records) }
    const compiled = driver.compiler.compile(receipt, batch)
    const inPieces = records.map((record) => compiled.pieces(record))
    const whole = records.map((record) => Buffer.from(compiled.render(record)))
    expect(inPieces.map((pieces) => Buffer.concat(pieces).equals(whole.shift()!))).toEqual([
      true,
      true,
      true,
    ])
  })

  it('and others of another record or of another batch, which differ in their identity, too', () => {
    const identityOf = (bytes: Uint8Array) =>
      /\/ID\[<(\w+)>/.exec(Buffer.from(bytes).toString('latin1'))?.[1]
    const batch = { language: 'es-CO', characters: charactersOf([receiptOf(1), receiptOf(2)]) }
    const own = driver.compiler.compile(receipt, batch)
    const documents = [
      render('receipt', receiptOf(1)),
      own.render(receiptOf(1)),
      own.render({ ...receiptOf(1), holder: 'Peña' }),
    ]
    const identities = new Set(documents.map(identityOf))
    expect(identities.size).toBe(3)
    for (const identity of identities) expect(identity).toMatch(/^[0-9a-f]{32}$/)
  })
}
