import { writeFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { pageImages } from '#apps/corrente/page-images'
import { jsonIn, nameOf, templateNamed } from '#apps/corrente/templates'
import { exampleRecord, pdfTemplates } from '#connectors/pdf-compiled/index'
import { charactersOf } from '#ports/template-characters'
import type { Template, TemplateRecord, TemplateRow } from '#ports/templates'

const options = {
  language: { type: 'string' },
  record: { type: 'string' },
  out: { type: 'string' },
  png: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** One document, to be looked at. */
export const templatesPreview: Command = {
  name: 'templates preview',
  summary: 'one document of a template, to look at',
  help: `corrente templates preview <name> [options]

Prints one document by a template: of the platform, as receipt or receipt@1, or of a file of your own whose name ends in
.json. Its values are made up, and tell their fields by name, unless a record is given.

  --language <tag>  one the template has texts in; its first where not said
  --record <file>   JSON: text by field, and lists of rows of text
  --out <file>      the PDF; <name>-<version>-<language>.pdf where not said
  --png <file>      its pages as images too, of 144 dots an inch: the first in this file, others in <file>-2.png …
  --json            says what was written as JSON`,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [asked, ...more] = positionals
    if (asked === undefined || more.length > 0) {
      throw new UsageError('say which template, and one only')
    }
    const template = templateNamed(asked)
    const language = languageOf(template, values.language)
    const record =
      values.record === undefined ? exampleRecord(template) : recordOf(jsonIn(values.record))
    const batch = { language, characters: charactersOf([record]) }
    const bytes = pdfTemplates.compile(template, batch).render(record)
    const file = values.out ?? `${template.name}-${template.version}-${language}.pdf`
    writeFileSync(file, bytes)
    const images = values.png === undefined ? [] : await writePages(bytes, values.png)
    const told = {
      ...{ template: nameOf(template), language, file: resolve(file), bytes: bytes.length },
      ...(images.length > 0 ? { images } : {}),
    }
    if (values.json) print(JSON.stringify(told))
    else
      print(
        [`${told.template} in ${language}: ${told.file}, ${told.bytes} bytes`, ...images].join(
          '\n',
        ),
      )
    return 0
  },
}

/** The files that were written. */
async function writePages(pdf: Uint8Array, file: string): Promise<readonly string[]> {
  const ending = extname(file)
  const images = await pageImages(pdf)
  return images.map((image, nth) => {
    const stem = file.slice(0, file.length - ending.length)
    const path = resolve(nth === 0 ? file : `${stem}-${nth + 1}${ending}`)
    writeFileSync(path, image)
    return path
  })
}

function languageOf(template: Template, asked: string | undefined): string {
  const languages = Object.keys(template.texts)
  const language = asked ?? languages[0]!
  if (languages.includes(language)) return language
  throw new UsageError(`--language ${language}: ${nameOf(template)} has ${languages.join(', ')}`)
}

const isText = (value: unknown): boolean => typeof value === 'string'
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isRow = (value: unknown): value is TemplateRow =>
  isObject(value) && Object.values(value).every(isText)

function recordOf(given: unknown): TemplateRecord {
  const isValue = (value: unknown) => isText(value) || (Array.isArray(value) && value.every(isRow))
  if (isObject(given) && Object.values(given).every(isValue)) return given as TemplateRecord
  throw new UsageError('--record: say an object of texts, and of lists of objects of texts')
}
