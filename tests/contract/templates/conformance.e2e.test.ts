import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pdfTemplates, shippedTemplates } from '#connectors/pdf-compiled/index'
import { templateLanguages } from '#ports/templates'
import { charactersOf } from '#ports/template-characters'
import { startCommand } from '#tests/command'
import { hardened, hardTexts, recordOf } from '#tests/contract/templates/records'
import { openVeraPdf, type Verdict } from '#tests/contract/templates/verapdf'

// The first time on a machine the validator is downloaded.
const downloadMs = 10 * 60_000
const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Every template in every language, and with every kind of record that is hard to print. */
const documents = shippedTemplates().flatMap((template) => {
  const of = recordOf[template.name]!
  const plain = templateLanguages.map((language) => ({ what: 'plain', language, record: of(12) }))
  const hard = Object.entries(hardTexts).map(([what, text], nth) => ({
    what,
    language: templateLanguages[nth % templateLanguages.length]!,
    record: hardened(of(3), text),
  }))
  const long = [0, 1, 400].map((rows) => ({
    what: `${rows}-rows`,
    language: 'en' as const,
    record: of(rows),
  }))
  return [...plain, ...hard, ...long].map((one) => ({
    ...one,
    template,
    file: join(folder, `${template.name}-${one.language}-${one.what}.pdf`),
  }))
})

let verdicts: readonly Verdict[] = []
beforeAll(async () => {
  for (const { template, language, record, file } of documents) {
    const batch = { language, characters: charactersOf([record]) }
    writeFileSync(file, pdfTemplates.compile(template, batch).render(record))
  }
  const validator = await openVeraPdf((line) => process.stderr.write(`${line}\n`))
  verdicts = await validator.validate(documents.map(({ file }) => file))
}, downloadMs)

describe('every template, in every language, with records that are hard to print', () => {
  it.each([
    ['PDF/A-2a', '2a'],
    ['PDF/UA-1', 'ua1'],
  ])('is %s, says veraPDF', (_name, standard) => {
    const told = verdicts.filter((one) => one.standard === standard)
    expect(told.map(({ file }) => file)).toEqual(documents.map(({ file }) => file))
    expect(told.filter(({ isConformant }) => !isConformant)).toEqual([])
  })
})

describe('a document', () => {
  it('is the same bytes in another process, of another place and language', async () => {
    const { template, record, language, file } = documents.find(({ what }) => what === 'long')!
    const [given, other] = ['record.json', 'other.pdf'].map((name) => join(folder, name))
    writeFileSync(given!, JSON.stringify(record))
    const args = ['--language', language, '--record', given!, '--out', other!]
    const env = { ...process.env, TZ: 'Asia/Tokyo', LANG: 'ja_JP.UTF-8' }
    const { ended } = startCommand(['templates', 'preview', template.name, ...args], { env })
    expect(await ended).toMatchObject({ code: 0 })
    expect(Buffer.compare(readFileSync(other!), readFileSync(file))).toBe(0)
  })
})
