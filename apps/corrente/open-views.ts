import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#apps/corrente/place'

interface OpenViews {
  /** Where the folders of the views are. */
  readonly folder?: string
  /** Topics are written as plain JSON. */
  readonly isJson?: boolean
  readonly signal?: AbortSignal | undefined
}

const answerMsMax = 60_000

/**
 * Opens every view of `ksql/` in the ksqlDB at the URL; harmless when repeated. Throws a sentence with what ksqlDB says
 * where one cannot be opened.
 */
export async function openViews(
  url: string,
  { folder = join(root, 'ksql'), isJson = false, signal }: OpenViews = {},
): Promise<void> {
  for (const view of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, view, 'statements.sql'), 'utf8')
    const ksql = isJson ? text.replaceAll("VALUE_FORMAT = 'AVRO'", "VALUE_FORMAT = 'JSON'") : text
    const answer = await fetch(`${url}/ksql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/vnd.ksql.v1+json' },
      body: JSON.stringify({ ksql, streamsProperties: {} }),
      signal: AbortSignal.any([AbortSignal.timeout(answerMsMax), ...(signal ? [signal] : [])]),
    })
    const said = await answer.text()
    if (!answer.ok) throw new Error(`ksqlDB at ${url} does not open the view ${view}: ${said}`)
  }
}
