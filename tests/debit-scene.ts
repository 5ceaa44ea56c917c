import { randomInt } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { addressesOf, demoApps } from '#apps/corrente/demo-apps'
import { Killable } from '#tests/killable'
import { type LogWatch, openLogWatch, type SeenRecord } from '#tests/log-watch'
import { platformOf, type TestStack } from '#tests/stack'
import { until } from '#tests/until'

/** A balance as the log has it, minor units. */
interface Balance {
  readonly posted: number
  readonly held: number
}

/** What a test looks at in a decision. */
export interface Decision {
  readonly account_id: string
  readonly request_id: string
  readonly type: string
  readonly code: string
  readonly reason: string
  readonly amount: number
  readonly before: Balance
  readonly after: Balance
  readonly original_id: string | null
}

const topics = ['debits', 'debits.decisions', 'ledger.entries', 'statements.entries']

export type Headers = Readonly<Record<string, string>>

/** The edge of debits and what decides, each a process, and a stranger who reads the log. */
export interface DebitScene {
  readonly edge: Killable
  readonly authoriser: Killable
  readonly watch: LogWatch
  /** Where the logs of both lie. */
  readonly logs: string
  on(topic: string): readonly SeenRecord[]
  /** Decisions on a request, or that undo it, in order; repeats are left out. */
  decisionsOf(requestId: string): readonly Decision[]
  /** What lies on the account of a request, as the last decision on it left it. */
  balanceOf(requestId: string): Balance
  readonly edgeAt: string
  /** POSTs JSON; `body` is an object, or its text. */
  post(path: string, body: unknown, headers?: Headers, signal?: AbortSignal): Promise<Response>
  stop(): Promise<void>
}

const unknownDebit = { numeroCartao: '8888777700000000', valor: 1 }

/** Starts both on a stack that has the platform's topics. */
export async function startDebitScene(stack: TestStack, env: Headers = {}): Promise<DebitScene> {
  const { dataDir, portBase } = stack
  const platform = { ...process.env, ...platformOf(stack), ...env }
  const { own } = demoApps({ dataDir, portBase, platform })
  const specOf = (name: string) => own.find((spec) => spec.name === name)!
  const worker = specOf('worker')
  const only = { ...worker, args: [...worker.args, '--only', 'debit-authoriser'] }
  const logs = join(dataDir, 'debit-logs')
  const edgeAt = addressesOf(portBase).debitEdge
  const authoriser = new Killable(only, logs)
  const edge = new Killable(specOf('debit-edge'), logs)
  await Promise.all([authoriser.start(), edge.start()])
  const post: DebitScene['post'] = (path, body, headers = {}, signal) =>
    fetch(edgeAt + path, {
      ...(signal ? { signal } : {}),
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  // A former authoriser may be a member of the group for some seconds yet.
  const decides = async () => (await post('/debito', unknownDebit)).status === 404
  await until('somebody to decide', decides, { msMax: 30_000, signal: AbortSignal.timeout(40_000) })

  const records: SeenRecord[] = []
  const watch = await openLogWatch(stack, topics, (record) => records.push(record))
  const on = (topic: string) => records.filter((record) => record.topic === topic)
  const firsts = (): readonly Decision[] =>
    on('debits.decisions')
      .map(({ value }) => value as { readonly is_repeat: boolean; readonly decision: Decision })
      .filter(({ is_repeat }) => !is_repeat)
      .map(({ decision }) => decision)
  const decisionsOf = (requestId: string) =>
    firsts().filter((one) => one.request_id === requestId || one.original_id === requestId)
  return {
    edge,
    authoriser,
    watch,
    logs,
    on,
    decisionsOf,
    balanceOf(requestId) {
      const { account_id } = decisionsOf(requestId)[0]!
      return firsts().findLast((one) => one.account_id === account_id)!.after
    },
    edgeAt,
    post,
    async stop() {
      authoriser.signal('SIGCONT')
      await watch.close()
      await Promise.all([edge.drain(), authoriser.drain()])
    },
  }
}

/** The number of a card nobody has yet: sixteen digits, most of them with another check digit. */
export const newCard = (): string => `88887777${String(randomInt(10 ** 8)).padStart(8, '0')}`

/** The files below a folder; those that go meanwhile are left out. */
export function* filesIn(directory: string): Generator<string> {
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const path = join(directory, name)
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) yield path
  }
}
