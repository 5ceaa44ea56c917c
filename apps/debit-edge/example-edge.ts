import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Asking } from '#apps/debit-edge/asking/ask'
import { Backlog } from '#apps/debit-edge/asking/backlog'
import { openJournal } from '#apps/debit-edge/asking/journal'
import type { DebitPorts, Desk } from '#apps/debit-edge/desk'
import { debitEdgeDocs } from '#apps/debit-edge/docs/api'
import { debitEdgeApp, type DebitEdgeOptions } from '#apps/debit-edge/edge'
import { edgeMetrics } from '#apps/debit-edge/edge-metrics'
import { exampleLog, type ExampleLog } from '#apps/debit-edge/example-log'
import { tokensOf } from '#apps/debit-edge/reading/card'
import { keepingTo } from '#apps/platform/api-docs/example-contract'
import { openApiOf } from '#apps/platform/api-docs/open-api'
import { listen } from '#apps/platform/http'
import { newMetrics } from '#core/metrics'

type Changes = Partial<Pick<Desk, 'deadlineMs' | 'views'> & Pick<DebitEdgeOptions, 'tokens'>> & {
  readonly isLuhnChecked?: boolean
}

export const exampleTokens = tokensOf(Buffer.alloc(32, 7))

/** An edge over a real socket, before a log whose decisions a test writes. Whatever it answers is held against its document. */
export interface ExampleEdge {
  readonly log: ExampleLog
  /** Cards that draw on another account, by token. */
  readonly cards: Map<string, string>
  /** Everything that was logged. */
  readonly logged: object[]
  readonly url: string
  /** From now on nobody decides. */
  unowned(): void
  /** From now on it is as before its log is open. */
  unopened(): void
  call(path: string, init?: RequestInit): Promise<Response>
  /** POSTs JSON: an object, or its text as it stands. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>
  metrics(): Promise<string>
  stop(): Promise<void>
}

export async function startExampleEdge(changes: Changes = {}): Promise<ExampleEdge> {
  const { deadlineMs = 5_000, views, tokens = [], isLuhnChecked = false } = changes
  const directory = mkdtempSync(join(tmpdir(), 'debit-edge-'))
  const log = exampleLog()
  const metrics = newMetrics()
  const logged: object[] = []
  const note = (fields: object, event: string) => void logged.push({ ...fields, event })
  const lines = { debug: note, info: note, warn: note, error: note }
  let isMissing = false
  const numbers = edgeMetrics(metrics, () => asking.open)
  const asking = new Asking({
    journal: openJournal(directory),
    owners: { isMissing: () => isMissing, seen: () => undefined },
    backlog: new Backlog({ partitionOf: () => 0 }),
    append: log.append,
    log: lines,
    onLate: (type) => numbers.late.inc({ type }),
  })
  log.onDecided = (decided) => asking.take(decided)
  const cards = new Map<string, string>()
  let ports: DebitPorts | undefined = {
    asking,
    accountOf: (cardId) => cards.get(cardId) ?? cardId,
    refreshCards: async () => undefined,
  }
  const app = debitEdgeApp({
    desk: {
      ports: () => ports,
      cards: { tokens: exampleTokens, isLuhnChecked },
      deadlineMs,
      metrics: numbers,
      views,
    },
    tokens,
    log: lines,
    metrics,
    status: () => ({ problems: [] }),
  })
  const server = await listen(app, 0)
  return {
    log,
    cards,
    logged,
    url: server.url,
    unowned: () => void (isMissing = true),
    unopened: () => void (ports = undefined),
    ...callsOf(server.url, tokens.length > 0),
    metrics: () => metrics.registry.metrics(),
    async stop() {
      await server.close()
      asking.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const callsOf = (url: string, hasTokens: boolean): Pick<ExampleEdge, 'call' | 'post'> => {
  const documented = keepingTo(openApiOf(debitEdgeDocs(hasTokens)))
  const call = async (path: string, init?: RequestInit) =>
    documented(path, init, await fetch(url + path, init))
  return {
    call,
    post: (path, body, headers = {}) =>
      call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  }
}
