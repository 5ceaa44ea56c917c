import { readdirSync, readFileSync } from 'node:fs'

/** A view as its statement declares it to ksqlDB. */
export interface ViewTable {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly primaryKey: string
  readonly properties: Readonly<Record<string, string>>
}

/** A statement and the comment above it, on one line. */
export interface Statement {
  readonly comment: string
  readonly text: string
}

export const viewNames: readonly string[] = readdirSync('ksql')

/** The statements of a file of a view, in order. No string of ours holds a semicolon. */
export function statementsIn(view: string, file: 'statements.sql' | 'examples.sql'): Statement[] {
  const parts = readFileSync(`ksql/${view}/${file}`, 'utf8').split(';\n')
  if (parts.pop() !== '') throw new Error(`${view}/${file} does not end with a statement`)
  return parts.map((part) => {
    const lines = part.trim().split('\n')
    const comments = lines.filter((line) => line.startsWith('--'))
    return {
      comment: comments.map((line) => line.slice(3)).join(' '),
      text: lines.slice(comments.length).join('\n'),
    }
  })
}

const createTable =
  /^CREATE SOURCE TABLE IF NOT EXISTS (\w+) \(\n([\s\S]*?)\n\) WITH \(\n([\s\S]*?)\n\)$/
const column = /^ {2}(\w+) (\w+(?:\(\d+, \d+\))?)( PRIMARY KEY)?$/
const property = /^ {2}(\w+) = '([^']+)'$/

/** Reads a `CREATE SOURCE TABLE`; throws at anything else. */
export function tableOf(text: string): ViewTable {
  const [, name, columnLines, propertyLines] = matched(createTable, text)
  const columns = columnLines!.split(',\n').map((line) => matched(column, line))
  const properties = propertyLines!.split(',\n').map((line) => matched(property, line))
  const keys = columns.filter(([, , , key]) => key !== undefined)
  if (keys.length !== 1) throw new Error(`${name} has ${keys.length} primary keys`)
  return {
    name: name!,
    columns: columns.map(([, column, type]) => ({ name: column!, type: type! })),
    primaryKey: keys[0]![1]!,
    properties: Object.fromEntries(properties.map(([, key, value]) => [key!, value!])),
  }
}

function matched(pattern: RegExp, text: string): RegExpExecArray {
  const match = pattern.exec(text)
  if (match === null) throw new Error(`this is not of the form ${pattern}: ${text}`)
  return match
}
