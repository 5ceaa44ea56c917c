import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openViews } from '#apps/corrente/open-views'
import { root } from '#apps/corrente/place'
import { type HttpClient, httpClient } from '#tests/bench/payments/http-client'
import { until } from '#tests/until'

/** Asks a ksqlDB, or what stands in for it. */
export interface Asker {
  /** The rows of a pull query, each as its JSON. Throws what was answered instead. */
  rows(sql: string): Promise<readonly string[]>
  /** Throws what was answered where it was not taken. */
  execute(statements: string): Promise<void>
  close(): void
}

export function askerOf(url: string, connections: number): Asker {
  const client: HttpClient = httpClient(connections)
  const answered = async (path: string, body: object) => {
    const { status, text } = await client.ask(url + path, body)
    if (status !== 200) throw new Error(`the stand-in answers ${status}: ${text}`)
    return text
  }
  return {
    async rows(sql) {
      const text = await answered('/query-stream', { sql })
      return text.trimEnd().split('\n').slice(1)
    },
    execute: async (ksql) => void (await answered('/ksql', { ksql })),
    close: () => client.close(),
  }
}

/** The statement that opens a view, under another name and over another topic. */
export function viewOver(
  view: string,
  { name, topic }: { readonly name: string; readonly topic: string },
): string {
  const text = readFileSync(join(root, 'ksql', view, 'statements.sql'), 'utf8')
  return text
    .replace(`EXISTS ${view} (`, `EXISTS ${name} (`)
    .replace(/KAFKA_TOPIC = '[^']+'/, `KAFKA_TOPIC = '${topic}'`)
}

const readMsMax = 60_000

const views = readdirSync(join(root, 'ksql'))

/** What an earlier bench has left of the views is of other topics, or is read beside what is measured. */
export async function dropViews(asker: Asker): Promise<void> {
  for (const view of views) await asker.execute(`DROP TABLE IF EXISTS ${view};`)
}

/** Opens the views anew; waits until they answer. */
export async function openViewsAnew(asker: Asker, url: string, signal: AbortSignal): Promise<void> {
  await dropViews(asker)
  await openViews(url)
  for (const view of views) {
    const answers = () =>
      asker.rows(`SELECT id FROM ${view} WHERE id = 'none';`).then(
        () => true,
        () => false,
      )
    await until(`${view} to answer`, answers, { msMax: readMsMax, signal })
  }
}
