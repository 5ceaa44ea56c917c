import { readFileSync } from 'node:fs'
import { SettingsError } from '#apps/platform/settings'

/** A query of the operator's, as its file has it. `$1` is the tenant, `$2` the batch, `$3` the filter. */
export interface QueryFile {
  /** The setting that names its file: what messages call it. */
  readonly setting: string
  readonly text: string
  readonly takesFilter: boolean
}

const parameters = ['$1 (the tenant)', '$2 (the batch)', '$3 (the filter)'] as const

/** What only looks like a parameter or a word of a query: comments, texts of all kinds, quoted names. */
const quoted = [
  String.raw`--[^\n]*`,
  String.raw`/\*[\s\S]*?\*/`,
  String.raw`\be'(?:[^'\\]|\\[\s\S]|'')*'`,
  `'(?:[^']|'')*'`,
  `"(?:[^"]|"")*"`,
  String.raw`(\$(?:[a-z_]\w*)?\$)[\s\S]*?\1`,
]
const quotedParts = new RegExp(quoted.join('|'), 'gi')
const parameter = /(?<![\w$])\$(\d+)/g

/**
 * Reads the query of movements. Throws SettingsError: a file that can not be read, a query that does not ask for tenant
 * and batch, and so would give away another's, or one without an order.
 */
export function movementsQueryIn(setting: string, path: string): QueryFile {
  const file = queryIn(setting, path)
  if (/\border\s+by\b/i.test(bareTextOf(file.text))) return file
  throw new SettingsError(
    `${setting}: the query has no order by: order its rows by something that is unique, so that they come in the same order each time`,
  )
}

/** Reads the query that names the state of a batch. Throws SettingsError as the other one does, but needs no order. */
export function versionQueryIn(setting: string, path: string): QueryFile {
  return queryIn(setting, path)
}

function queryIn(setting: string, path: string): QueryFile {
  const text = textIn(setting, path)
  const numbers = [...bareTextOf(text).matchAll(parameter)].map(([, number]) => Number(number))
  const used = new Set(numbers)
  const unknown = numbers.find((number) => number < 1 || number > parameters.length)
  if (unknown !== undefined) {
    throw new SettingsError(
      `${setting}: the query has a $${unknown}, and is given ${parameters.join(', ')}`,
    )
  }
  const missing = parameters.slice(0, 2).filter((_, at) => !used.has(at + 1))
  if (missing.length > 0) {
    throw new SettingsError(
      `${setting}: the query does not ask for ${missing.join(' and ')}: whoever asks for a batch would be given others' movements`,
    )
  }
  return { setting, text, takesFilter: used.has(3) }
}

function textIn(setting: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new SettingsError(`${setting}: ${path} cannot be read (${code})`)
  }
}

const bareTextOf = (text: string): string => text.replaceAll(quotedParts, ' ')
