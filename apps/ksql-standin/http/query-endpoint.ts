import type { IncomingMessage, ServerResponse } from 'node:http'
import { readRows } from '#apps/ksql-standin/database/read-rows'
import { objectIn, readMembers, Refusal } from '#apps/ksql-standin/http/reply'
import { refuseDenied, refuseUnknown } from '#apps/ksql-standin/http/request-properties'
import { type FormatName, rowFormats } from '#apps/ksql-standin/http/row-format'
import { sendRows } from '#apps/ksql-standin/http/send-rows'
import type { Serving } from '#apps/ksql-standin/http/serving'
import { variablesIn } from '#apps/ksql-standin/http/variables'
import {
  genericError,
  KsqlError,
  parseError,
  statementError,
} from '#apps/ksql-standin/sql/ksql-error'
import { parseStatements } from '#apps/ksql-standin/sql/parse/parse-statements'
import type { PullPlan } from '#apps/ksql-standin/sql/pull-plan'
import { planPull } from '#apps/ksql-standin/sql/pull/plan-pull'
import type { Select } from '#apps/ksql-standin/sql/syntax'

type Members = Readonly<Record<string, unknown>>

/** How the two endpoints of queries differ. */
export interface QueryEndpoint {
  /** The member of the body that holds the query. */
  readonly member: 'ksql' | 'sql'
  readonly propertiesMember: 'streamsProperties' | 'properties'
  readonly isStream: boolean
}

export const query: QueryEndpoint = {
  member: 'ksql',
  propertiesMember: 'streamsProperties',
  isStream: false,
}
export const queryStream: QueryEndpoint = {
  member: 'sql',
  propertiesMember: 'properties',
  isStream: true,
}

/** Answers a pull query. Throws Refusal. */
export async function answerQuery(
  endpoint: QueryEndpoint,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  format: FormatName,
  serving: Serving,
): Promise<void> {
  const members = await readMembers(request)
  const plan = plannedWith(endpoint, members, serving)
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort(new Error('the client is gone'))
  })
  if (response.destroyed) return
  const release = serving.admission.admit(plan.isScan)
  try {
    const rows = readRows(serving.database, plan, gone.signal)
    const { columns } = plan
    await sendRows(response, { format: rowFormats[format], columns, rows, signal: gone.signal })
  } finally {
    release()
  }
}

function plannedWith(endpoint: QueryEndpoint, members: Members, serving: Serving): PullPlan {
  const { isStream } = endpoint
  const properties = objectIn(members, endpoint.propertiesMember)
  const text = textIn(members, endpoint)
  refuseDenied(properties, !isStream)
  if (!isStream) refuseUnknown(properties, null)
  try {
    const select = selectIn(text, members, endpoint)
    const settings = { properties: { ...serving.properties, ...properties }, areTyped: isStream }
    const plan = planPull(select, serving.catalog.sources(), settings)
    if (serving.catalog.find(plan.source.name)?.loader.isReady()) return plan
    throw statementError(
      `Materialized data for ${plan.source.name} is not available yet: its topic is being read`,
      text,
    )
  } catch (error) {
    if (error instanceof KsqlError) throw new Refusal(error, error.isParseError && !isStream)
    throw error
  }
}

function textIn(members: Members, { member, isStream }: QueryEndpoint): string {
  const text = members[member]
  if (typeof text === 'string') return text
  throw new Refusal(genericError(`the body has no text ${member}`), !isStream)
}

function selectIn(text: string, members: Members, { isStream }: QueryEndpoint): Select {
  const [statement, ...others] = parseStatements(text, isStream ? variablesIn(members) : null)
  if (!statement || others.length > 0) throw parseError('one statement is asked for', text)
  if (statement.kind === 'refused') throw statement.error
  if (statement.kind === 'select') return statement
  const sentence = 'statements that are no query belong to the /ksql endpoint'
  if (isStream) throw statementError(sentence, text)
  throw new Refusal(genericError(sentence), true)
}
