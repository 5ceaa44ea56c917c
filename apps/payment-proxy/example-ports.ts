import { type ExampleKeeper, exampleKeeper } from '#apps/payment-proxy/example-keeper'
import type { PaymentProxyPorts } from '#apps/payment-proxy/desk'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import type { Publisher } from '#core/publisher'
import type { Table } from '#core/table'
import type { PaymentFact } from '#schemas/generated/types'
import { configurationCommands } from '#schemas/topics'

type Values = Record<string, unknown>

/** The ports of a proxy as small objects that a test fills, reads and breaks. */
export interface ExamplePorts {
  readonly ports: PaymentProxyPorts & { readonly metrics: ReturnType<typeof newMetrics> }
  readonly payments: Map<string, Values>
  readonly tenants: Map<string, Values>
  readonly services: Map<string, Values>
  readonly versions: Map<string, Values>
  readonly refusals: Map<string, Values>
  /** Takes commands as they are written. */
  readonly keeper: ExampleKeeper
  /** What was written, in order, without its time. */
  readonly facts: Omit<PaymentFact, 'occurred_at'>[]
  /** The headers it was written with. */
  readonly headers: unknown[]
  readonly logged: { readonly level: string; readonly fields: object }[]
  /** Tables fail so from now on when they are brought up to date. */
  failReading(error: Error): void
  /** Writing fails so from now on. */
  failWriting(error: Error | undefined): void
}

/** Headers of the records the example rows were written by. */
export const exampleStory = { 'correlation-id': 'story-1', 'corrente-origin': 'applications/0/7' }

export function examplePorts(): ExamplePorts {
  const rows = emptyTables()
  const keeper = exampleKeeper(rows)
  const facts: ExamplePorts['facts'] = []
  const headers: unknown[] = []
  const logged: { level: string; fields: object }[] = []
  const failures: { reading?: Error; writing?: Error | undefined } = {}
  const rowOf = (value: Values) => ({ value, version: '0:0', story: exampleStory })
  const table = (values: Map<string, Values>): Pick<Table, 'get' | 'refresh' | 'where'> => ({
    get: (key) => {
      const value = values.get(key)
      return value && rowOf(value)
    },
    where: (index, wanted) =>
      [...values.values()].filter((value) => value[index] === wanted).map(rowOf),
    refresh: async () => {
      if (failures.reading) throw failures.reading
    },
  })
  const publish = async (topic: { name: string }, value: PaymentFact, given: unknown) => {
    if (failures.writing) throw failures.writing
    if (topic.name === configurationCommands.name) keeper.take(value as never)
    else keepFact(value, given)
    return { topic: topic.name, partition: 0, offset: facts.length - 1 }
  }
  const keepFact = (value: PaymentFact, given: unknown) => {
    const { occurred_at: _, ...fact } = value
    facts.push(fact)
    headers.push(given)
  }
  const note = (level: string) => (fields: object) => void logged.push({ level, fields })
  return {
    ports: {
      tables: {
        payments: table(rows.payments),
        tenants: table(rows.tenants),
        services: table(rows.services),
        versions: table(rows.versions),
        refusals: table(rows.refusals),
        waitMsMax: 500,
      },
      publisher: { publish: publish as unknown as Publisher['publish'] },
      metrics: newMetrics(),
      log: { ...silentLog, info: note('info'), warn: note('warn'), error: note('error') },
    },
    ...rows,
    keeper,
    facts,
    headers,
    logged,
    failReading: (error) => void (failures.reading = error),
    failWriting: (error) => void (failures.writing = error),
  }
}

const emptyTables = () => ({
  payments: new Map<string, Values>(),
  tenants: new Map<string, Values>(),
  services: new Map<string, Values>(),
  versions: new Map<string, Values>(),
  refusals: new Map<string, Values>(),
})
