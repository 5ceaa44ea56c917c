import type { IncomingMessage, ServerResponse } from 'node:http'
import { objectIn, readMembers, Refusal, sendJson } from '#apps/ksql-standin/http/reply'
import { refuseDenied, refuseUnknown } from '#apps/ksql-standin/http/request-properties'
import type { Serving } from '#apps/ksql-standin/http/serving'
import { variablesIn } from '#apps/ksql-standin/http/variables'
import { genericError, KsqlError } from '#apps/ksql-standin/sql/ksql-error'
import { parseStatements } from '#apps/ksql-standin/sql/parse/parse-statements'
import { runStatements } from '#apps/ksql-standin/statements/run-statements'

type Members = Readonly<Record<string, unknown>>

/** Statements change the tables one request at a time. */
const turns = new WeakMap<object, Promise<unknown>>()

/** Executes the statements of a request. Throws Refusal. */
export async function answerKsql(
  request: IncomingMessage,
  response: ServerResponse,
  serving: Serving,
): Promise<void> {
  const members = await readMembers(request)
  const given = members['ksql'] ?? ''
  const text = typeof given === 'string' ? given : JSON.stringify(given)
  const properties = objectIn(members, 'streamsProperties')
  refuseDenied(properties, true)
  refuseUnknown(properties, text)
  refuseAhead(members, serving)
  const before = turns.get(serving.catalog) ?? Promise.resolve()
  const turn = before.then(() => entitiesOf(text, members, serving))
  turns.set(
    serving.catalog,
    turn.catch(() => undefined),
  )
  sendJson(response, 200, await turn)
}

async function entitiesOf(text: string, members: Members, serving: Serving) {
  const variables = variablesIn(members)
  const properties = Object.entries(serving.properties).map(
    ([name, value]) => [name, String(value)] as const,
  )
  try {
    const statements = text === '' ? [] : parseStatements(text, variables)
    return await runStatements(statements, { ...serving, variables, properties })
  } catch (error) {
    if (error instanceof KsqlError) throw new Refusal(error, true)
    throw error
  }
}

/** A client that has seen a later statement than this server knows of. */
function refuseAhead(members: Members, { catalog }: Serving): void {
  const wanted = members['commandSequenceNumber']
  if (typeof wanted !== 'number') return
  const last = Math.max(-1, ...catalog.commands().map(({ number }) => number))
  if (wanted > last + 1) {
    throw new Refusal(genericError(`statement ${wanted} is not known here`, 50301), true)
  }
}
