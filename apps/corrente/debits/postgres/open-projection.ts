import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Cells } from '#apps/corrente/debits/postgres/row-comparison'
import type { ProjectedDebits } from '#apps/corrente/debits/postgres/tables'
import { UnverifiableError } from '#apps/corrente/debits/unverifiable'
import { placeText, type Position, type TopicPartition } from '#core/records'

/** The tables of debits as they are at one moment: whatever is written meanwhile is not seen. */
export interface OpenProjection {
  /** How far into its topic the tables go: what lies from there on is in none of them. */
  positionOf(place: TopicPartition): number
  /** The rows of a table one by one, in the order of its key. */
  rowsOf(table: Pick<ProjectedDebits<never>, 'name' | 'selected' | 'orderBy'>): RowSource
  close(): Promise<void>
}

/** The next row; none at the end. */
export type RowSource = () => Promise<Cells | undefined>

interface Opening {
  /** `postgres://…`; may hold a password. */
  readonly url: string
  /** The id of the Kafka cluster that is verified. */
  readonly cluster: string
  /** The tables must go as far. */
  readonly needed: readonly Position[]
  /** How long they are waited for, milliseconds. */
  readonly waitMs: number
}

const rowsAtOnce = 2_000
const connectMsMax = 5_000
const againMs = 250

/** Every cell as Postgres writes it. */
const asText = { getTypeParser: () => (text: string) => text }

/**
 * Waits until the projection has come as far as is needed, then opens its tables as they are at that moment. Throws
 * UnverifiableError where Postgres is away, no projector has run there, or it does not come.
 */
export async function openProjection(opening: Opening): Promise<OpenProjection> {
  const client = new pg.Client({
    connectionString: opening.url,
    application_name: 'corrente debits verify',
    connectionTimeoutMillis: connectMsMax,
    keepAlive: true,
    types: asText,
  })
  // A connection that breaks is noticed by the next question.
  client.on('error', () => undefined)
  const close = () => client.end().catch(() => undefined)
  try {
    await client.connect()
    await arrived(client, opening)
    await client.query('begin isolation level repeatable read read only')
    const positions = await positionsIn(client, opening)
    const inTurn = oneByOne()
    return {
      positionOf: (place) => positions.get(placeText(place)) ?? 0,
      rowsOf: (table) => {
        const next = rowsOf(client, table)
        return () => inTurn(next)
      },
      close,
    }
  } catch (error) {
    await close()
    throw error instanceof UnverifiableError ? error : new UnverifiableError(reasonOf(error))
  }
}

/** Topics are compared side by side, and a connection answers one question after the other. */
function oneByOne() {
  let last: Promise<unknown> = Promise.resolve()
  return <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    const answer = last.then(ask)
    last = answer.catch(() => undefined)
    return answer
  }
}

/** undefined_table, invalid_schema_name */
const codesOfNothing = ['42P01', '3F000']

function reasonOf(error: unknown): string {
  const { message, code } = error as pg.DatabaseError
  const isNothing = code !== undefined && codesOfNothing.includes(code)
  return isNothing ? 'no debit-projector has written to this Postgres' : `Postgres: ${message}`
}

async function arrived(client: pg.Client, opening: Opening): Promise<void> {
  const deadline = performance.now() + opening.waitMs
  for (;;) {
    const positions = await positionsIn(client, opening)
    const behind = opening.needed.find((one) => (positions.get(placeText(one)) ?? 0) < one.offset)
    if (!behind) return
    if (performance.now() > deadline) {
      const at = positions.get(placeText(behind)) ?? 0
      throw new UnverifiableError(
        `after ${opening.waitMs / 1_000} s the tables go up to offset ${at} of ${placeText(behind)}, ` +
          `and ${behind.offset} is needed: does a debit-projector run?`,
      )
    }
    await sleep(againMs)
  }
}

async function positionsIn(
  client: pg.Client,
  { cluster }: Opening,
): Promise<ReadonlyMap<string, number>> {
  const text =
    'select topic, partition, next_offset, cluster from debits.projection_offsets ' +
    "where projection = 'debit-projector'"
  const { rows } = await client.query<[string, string, string, string]>({ text, rowMode: 'array' })
  const other = rows.find(([, , , named]) => named !== cluster)
  if (other) {
    throw new UnverifiableError(
      `the tables were made from the Kafka cluster ${other[3]}, and this is ${cluster}`,
    )
  }
  return new Map(
    rows.map(([topic, partition, offset]) => [`${topic}/${partition}`, Number(offset)]),
  )
}

function rowsOf(
  client: pg.Client,
  { name, selected, orderBy }: Pick<ProjectedDebits<never>, 'name' | 'selected' | 'orderBy'>,
): RowSource {
  const cursor = `verify_${name.replace('.', '_')}`
  let rows: readonly Cells[] = []
  let at = 0
  let state: 'closed' | 'open' | 'ended' = 'closed'
  return async () => {
    if (at < rows.length) return rows[at++]
    if (state === 'ended') return undefined
    if (state === 'closed') {
      const query = `select ${selected} from ${name} order by ${orderBy}`
      await client.query(`declare ${cursor} no scroll cursor for ${query}`)
    }
    const text = `fetch ${rowsAtOnce} from ${cursor}`
    rows = (await client.query<string[]>({ text, rowMode: 'array' })).rows
    state = rows.length < rowsAtOnce ? 'ended' : 'open'
    at = 1
    return rows[0]
  }
}
