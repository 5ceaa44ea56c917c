import { reservedWords } from '#apps/ksql-standin/sql/reserved-words'

/** A name in back-ticks. */
export const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``

/** A name as statements are rewritten: in back-ticks only where it would otherwise be read differently. */
export const written = (name: string): string =>
  /^[A-Z_][A-Z0-9_]*$/.test(name) && !reservedWords.has(name) ? name : quoted(name)

/** A name for Postgres, whatever is in it. */
export const postgresName = (name: string): string => `"${name.replaceAll('"', '""')}"`
