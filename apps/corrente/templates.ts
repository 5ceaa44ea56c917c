import { readFileSync } from 'node:fs'
import { UsageError } from '#apps/corrente/command'
import { pinText } from '#apps/platform/template-pin'
import { exampleRecord, pdfTemplates, shippedTemplates } from '#connectors/pdf-compiled/index'
import { RejectedError } from '#core/errors'
import { charactersOf } from '#ports/template-characters'
import type { Template } from '#ports/templates'

/** `name@version`, as templates are called everywhere. */
export const nameOf: (template: Template) => string = pinText

/** A file of JSON as it is written, and what it holds; UsageError where it cannot be read, or holds none. */
export function jsonFile(file: string): { readonly bytes: Uint8Array; readonly value: unknown } {
  try {
    const bytes = readFileSync(file)
    return { bytes, value: JSON.parse(bytes.toString()) }
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON: ${(error as Error).message}`)
  }
}

/** The same, without its bytes. */
export const jsonIn = (file: string): unknown => jsonFile(file).value

/**
 * A template that comes with the platform, by its name (the newest of it) or `name@version`, or that of a file whose name
 * ends in .json. UsageError where there is none.
 */
export function templateNamed(asked: string): Template {
  if (asked.endsWith('.json')) return pdfTemplates.check(jsonIn(asked))
  const shipped = [...shippedTemplates()].sort((one, other) => other.version - one.version)
  const template = shipped.find((one) => nameOf(one) === asked || one.name === asked)
  if (template) return template
  const names = shipped.map(nameOf).sort().join(', ')
  throw new UsageError(`there is no template ${asked}; there are ${names}, and files of your own`)
}

export const languagesOf = ({ texts }: Template): readonly string[] => Object.keys(texts)

interface Checked {
  readonly template?: Template
  /** All that is wrong with it, a sentence each. */
  readonly problems: readonly string[]
}

/** A template, if that is what is given, compiled in each of its languages. */
export function checked(given: unknown): Checked {
  return whatIsWrong(() => {
    const template = pdfTemplates.check(given)
    // The fonts may have no sign for one of its texts, or its columns no room for their heads.
    for (const language of languagesOf(template)) {
      pdfTemplates.compile(template, { language, characters: '' })
    }
    return template
  })
}

/** The same, and a document of made-up values was printed in each of its languages. */
export function checkedByPrinting(given: unknown): Checked {
  const { template, problems } = checked(given)
  if (!template) return { problems }
  return whatIsWrong(() => {
    const record = exampleRecord(template)
    const characters = charactersOf([record])
    for (const language of languagesOf(template)) {
      pdfTemplates.compile(template, { language, characters }).render(record)
    }
    return template
  })
}

function whatIsWrong(check: () => Template): Checked {
  try {
    return { template: check(), problems: [] }
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    return { problems: error.message.split('\n') }
  }
}
