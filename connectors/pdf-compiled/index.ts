import { readdirSync, readFileSync } from 'node:fs'
import { checked } from '#connectors/pdf-compiled/check'
import { compiled } from '#connectors/pdf-compiled/compile'
import type { Template, TemplateCompiler } from '#ports/templates'

export { exampleRecord } from '#connectors/pdf-compiled/example-record'

/** Templates as PDF: what documents of a batch share is made once, and of each record only what differs. */
export const pdfTemplates: TemplateCompiler = { check: checked, compile: compiled }

const folder = new URL('./templates/', import.meta.url)

/** The templates that come with the platform, by name and version. */
export const shippedTemplates = (): readonly Template[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => checked(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))))
