import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect } from 'vitest'
import { ksqldb, type KsqldbConfig } from '#connectors/ksqldb/index'
import {
  type KsqldbSandbox,
  type SandboxAnswer,
  type SandboxRequest,
  startKsqldbSandbox,
} from '#connectors/ksqldb/sandbox'
import type { Ksqldb, KsqlOptions, KsqlRow } from '#ports/ksqldb'
import { ksql } from '#ports/ksql-text'

export const v1 = 'application/vnd.ksql.v1+json'
export const delimited = 'application/vnd.ksqlapi.delimited.v1'
export const select = ksql`SELECT * FROM payments WHERE payment_id = ${'p-0001'};`

/** What is closed after each test, the last first. */
export const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

export interface Scene {
  readonly client: Ksqldb
  readonly sandbox: KsqldbSandbox
}

/** A client of a server that answers as the test says. */
export async function scene(
  http: '1.1' | '2',
  answerTo: (request: SandboxRequest, nth: number) => SandboxAnswer,
  config: Partial<KsqldbConfig> = {},
): Promise<Scene> {
  const sandbox = await startKsqldbSandbox(http, answerTo)
  const client = ksqldb({ http, url: sandbox.url, ...config })
  closing.push(sandbox.stop, client.close)
  return { client, sandbox }
}

/** All rows of one query. */
export async function rowsOf({ client }: Pick<Scene, 'client'>, options?: KsqlOptions) {
  const rows: KsqlRow[] = []
  for await (const row of client.pull(select, options)) rows.push(row)
  return rows
}

/** How the work fails, in words. */
export const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'no failure',
    (error: Error) => `${error.name}: ${error.message}`,
  )

/** Waits until it is so, not for ever. */
export const until = async (isSo: () => boolean) => {
  for (let tries = 0; !isSo() && tries < 200; tries += 1) await sleep(10)
  expect(isSo()).toBe(true)
}

/** The answer in pieces of so many bytes. */
export const cut = (answer: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(answer.length / size) }, (_, at) =>
    answer.subarray(at * size, (at + 1) * size),
  )
