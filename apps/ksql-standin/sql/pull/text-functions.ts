import { typedAs, type SqlFunction } from '#apps/ksql-standin/sql/pull/sql-function'

/** Java's capitals, whatever the collation of the database. */
const cased = (name: 'upper' | 'lower'): SqlFunction =>
  typedAs(
    ['STRING'],
    'STRING',
    ([text]) => `(${name}(${text} collate "pg_unicode_fast") collate "C")`,
  )

/** A place counted from 1, or from the end where it is negative, as one from 1. */
const place = (text: string, at: string) =>
  `(case when ${at} < 0 then greatest(length(${text}) + ${at}, 0) else greatest(${at} - 1, 0) end + 1)`

const joined =
  (name: string): SqlFunction =>
  (args, scope) => {
    if (args.length < 2) throw scope.refuse('there is too little to join')
    const texts = args.map((arg) => {
      if (arg.type !== null && arg.type.kind !== 'STRING') throw scope.refuse('only text is joined')
      return `(${arg.sql})::text`
    })
    return { sql: `${name}(${texts.join(', ')})`, type: { kind: 'STRING' } }
  }

/** By name. */
export const textFunctions: ReadonlyMap<string, SqlFunction> = new Map<string, SqlFunction>([
  ['UCASE', cased('upper')],
  ['LCASE', cased('lower')],
  ['LEN', typedAs(['STRING'], 'INTEGER', ([text]) => `length(${text})`)],
  // Java's trim takes away whatever is not above a space.
  ['TRIM', typedAs(['STRING'], 'STRING', ([text]) => `ksql.trim_text(${text})`)],
  [
    'REPLACE',
    typedAs(['STRING', 'STRING', 'STRING'], 'STRING', (args) => `replace(${args.join(', ')})`),
  ],
  ['INSTR', typedAs(['STRING', 'STRING'], 'INTEGER', (args) => `strpos(${args.join(', ')})`)],
  [
    'SUBSTRING',
    (args, scope) =>
      args.length === 2
        ? typedAs(
            ['STRING', 'INTEGER'],
            'STRING',
            ([text, at]) => `substr(${text}, ${place(text!, at!)})`,
          )(args, scope)
        : typedAs(
            ['STRING', 'INTEGER', 'INTEGER'],
            'STRING',
            ([text, at, size]) => `substr(${text}, ${place(text!, at!)}, greatest(${size}, 0))`,
          )(args, scope),
  ],
  // NULL is left out, by the functions and by ||.
  ['CONCAT', joined('concat')],
  ['CONCAT_WS', joined('concat_ws')],
])
