import { parseError } from '#apps/ksql-standin/sql/ksql-error'
import type { Statement } from '#apps/ksql-standin/sql/syntax'

/** Session variables by name in upper case. */
export type Variables = ReadonlyMap<string, string>

/**
 * The statements of a text. `variables` are those of the request (`sessionVariables`); null where the endpoint knows
 * none (`/query`). Throws KsqlError: nothing of the text may then be executed.
 */
export function parseStatements(text: string, _variables: Variables | null): readonly Statement[] {
  throw parseError('not yet', text)
}
