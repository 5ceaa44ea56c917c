import type pg from 'pg'
import { inTransaction } from '#apps/ksql-standin/database/transaction'
import { type Source, storedType } from '#apps/ksql-standin/sql/source'
import type { Change } from '#apps/ksql-standin/load/decode-record'

/** A change to a table, and the record it came with. */
export type RowChange = Change & { readonly partition: number; readonly timestamp: number }

/** Where the reading of each partition goes on. */
export type Positions = ReadonlyMap<number, number>

/** The rows of one source. */
export interface RowStore {
  /** Undefined where they are too old to go on from: what was deleted meanwhile may be forgotten by the topic. */
  positions(ageMsMax: number): Promise<Positions | undefined>
  /** Notes that they are looked after. */
  touch(): Promise<void>
  /** Removes all rows and positions. */
  clear(): Promise<void>
  /** At most one change a key and partition; rows and positions go together. */
  apply(changes: readonly RowChange[], positions: Positions): Promise<void>
  /** After many rows at once: makes the indexes and counts how the rows are spread. */
  arrange(): Promise<void>
}

export function rowStore(owner: pg.Pool, source: Source): RowStore {
  const { name, relation } = source
  const statements = statementsOf(source)
  return {
    async positions(ageMsMax) {
      const { rows: tailed } = await owner.query<{ age_ms: number | null }>(
        `select (extract(epoch from now() - tailed_at) * 1000)::float8 as age_ms
         from ksql.sources where name = $1`,
        [name],
      )
      if ((tailed[0]?.age_ms ?? 0) > ageMsMax) return undefined
      const { rows } = await owner.query<{ partition: number; next: string }>(
        'select partition, next from ksql.positions where source = $1',
        [name],
      )
      return new Map(rows.map(({ partition, next }) => [partition, Number(next)]))
    },
    touch: async () =>
      void (await owner.query('update ksql.sources set tailed_at = now() where name = $1', [name])),
    clear: () =>
      inTransaction(owner, async (client) => {
        await client.query(`truncate ${relation}`)
        await client.query('delete from ksql.positions where source = $1', [name])
      }),
    apply: (changes, positions) =>
      inTransaction(owner, async (client) => {
        // What a crash takes away it takes whole, and it is read again.
        await client.query('set local synchronous_commit = off')
        await upsert(client, statements.upsert, changes)
        await remove(client, statements.remove, changes)
        await client.query(positionsText, [name, [...positions.keys()], [...positions.values()]])
      }),
    async arrange() {
      for (const text of statements.indexes) await owner.query(text)
      await owner.query(`analyze ${relation}`)
    },
  }
}

const positionsText = `
  insert into ksql.positions (source, partition, next)
  select $1, * from unnest($2::integer[], $3::bigint[])
  on conflict (source, partition) do update set next = excluded.next`

const upsert = async (client: pg.PoolClient, text: string, changes: readonly RowChange[]) => {
  const rows = changes.filter((change) => change.kind === 'upsert')
  if (rows.length === 0) return
  const columns = rows[0]!.values.map((_, at) => rows.map(({ values }) => values[at] ?? null))
  const partitions = rows.map(({ partition }) => partition)
  const times = rows.map(({ timestamp }) => timestamp)
  await client.query({ name: nameOf(text), text, values: [partitions, times, ...columns] })
}

const remove = async (client: pg.PoolClient, text: string, changes: readonly RowChange[]) => {
  const rows = changes.filter(({ kind }) => kind === 'delete')
  if (rows.length === 0) return
  const values = [rows.map(({ partition }) => partition), rows.map(({ key }) => key)]
  await client.query({ text, values })
}

/** The relation, whose number is never used again, makes the statement's name. */
const nameOf = (text: string): string => /insert into (\S+)/.exec(text)?.[1] ?? text

function statementsOf({ relation, columns }: Source) {
  // The collation is the column's, not the cast's.
  const casts = columns.map(({ type }) => storedType(type).replace(/ collate .*/, ''))
  const names = columns.map((_, at) => `c${at}`)
  const given = columns.map((_, at) => `v${at}`)
  const arrays = columns.map((_, at) => `$${at + 3}::text[]`)
  const cast = casts.map((type, at) => `v${at}::${type}`)
  const changed = ['rowtime', ...names.slice(1)].map((name) => `${name} = excluded.${name}`)
  // What is asked for by its range, such as what is due: of a million rows a few thousand.
  const ranged = columns.flatMap(({ type }, at) =>
    at > 0 && (type.kind === 'BIGINT' || type.kind === 'TIMESTAMP') ? [at] : [],
  )
  const bare = relation.replace(/^.*\./, '')
  return {
    indexes: ranged.map(
      (at) => `create index if not exists ${bare}_c${at} on ${relation} (c${at})`,
    ),
    upsert: `
      insert into ${relation} (partition, rowtime, ${names.join(', ')})
      select p, t, ${cast.join(', ')}
      from unnest($1::integer[], $2::bigint[], ${arrays.join(', ')}) as r (p, t, ${given.join(', ')})
      on conflict (partition, c0) do update set ${changed.join(', ')}`,
    remove: `
      delete from ${relation} as t using unnest($1::integer[], $2::text[]) as r (p, k)
      where t.partition = r.p and t.c0 = r.k::${casts[0]}`,
  }
}
