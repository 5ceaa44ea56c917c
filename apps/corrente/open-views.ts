import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#apps/corrente/place'

interface OpenViews {
  /** Where the folders of the views are. */
  readonly folder?: string
  /** Topics are written as plain JSON. */
  readonly isJson?: boolean
  /** `user:password`, where it asks for them. */
  readonly credentials?: string | undefined
  readonly signal?: AbortSignal | undefined
}

const answerMsMax = 60_000

/**
 * Opens every view of `ksql/` in the ksqlDB at the URL; harmless when repeated. Resolves with their names; throws a sentence
 * with what ksqlDB says where one cannot be opened.
 */
export async function openViews(
  url: string,
  { folder = join(root, 'ksql'), isJson = false, credentials, signal }: OpenViews = {},
): Promise<readonly string[]> {
  const views = readdirSync(folder).sort()
  const headers = {
    'content-type': 'application/json',
    accept: 'application/vnd.ksql.v1+json',
    ...(credentials === undefined ? {} : { authorization: basicOf(credentials) }),
  }
  for (const view of views) {
    const text = readFileSync(join(folder, view, 'statements.sql'), 'utf8')
    const ksql = isJson ? text.replaceAll("VALUE_FORMAT = 'AVRO'", "VALUE_FORMAT = 'JSON'") : text
    const answer = await fetch(`${url}/ksql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ ksql, streamsProperties: {} }),
      signal: AbortSignal.any([AbortSignal.timeout(answerMsMax), ...(signal ? [signal] : [])]),
    })
    const said = await answer.text()
    if (!answer.ok) throw new Error(`ksqlDB at ${url} does not open the view ${view}: ${said}`)
  }
  return views
}

const basicOf = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`
