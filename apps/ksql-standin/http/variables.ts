import { objectIn } from '#apps/ksql-standin/http/reply'
import type { Variables } from '#apps/ksql-standin/sql/parse/parse-statements'

/** The session variables of a request, by name in upper case. Throws Refusal. */
export const variablesIn = (members: Readonly<Record<string, unknown>>): Variables =>
  new Map(
    Object.entries(objectIn(members, 'sessionVariables')).map(([name, value]) => [
      name.toUpperCase(),
      String(value),
    ]),
  )
