import { readFileSync } from 'node:fs'
import { UsageError } from '#apps/corrente/command'
import { pdfTemplates, shippedTemplates } from '#connectors/pdf-compiled/index'
import type { Template } from '#ports/templates'

/** `name@version`, as templates are called everywhere. */
export const nameOf = ({ name, version }: Template): string => `${name}@${version}`

/** What a file of JSON holds; UsageError where it cannot be read, or holds none. */
export function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON: ${(error as Error).message}`)
  }
}

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
