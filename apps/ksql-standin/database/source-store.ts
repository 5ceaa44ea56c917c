import type pg from 'pg'
import { readerRole } from '#apps/ksql-standin/database/database'
import { inTransaction } from '#apps/ksql-standin/database/transaction'
import { type Source, storedType } from '#apps/ksql-standin/sql/source'

/** A source as it is kept. */
export interface KeptSource {
  readonly source: Source
  /** Of the query that fills it. */
  readonly queryId: string
  /** The Kafka cluster it was read from. */
  readonly cluster: string
}

/** What a statement has done. */
export interface Command {
  readonly id: string
  readonly message: string
  readonly queryId: string | null
  readonly number: number
}

/** Every source there is. */
export async function keptSources(owner: pg.Pool): Promise<readonly KeptSource[]> {
  const { rows } = await owner.query<{ definition: Source; query_id: string; cluster: string }>(
    'select definition, query_id, cluster from ksql.sources order by created_at, name',
  )
  return rows.map(({ definition, query_id, cluster }) => ({
    source: definition,
    queryId: query_id,
    cluster,
  }))
}

/** Keeps a source and makes its relation; its rows are read from now on. */
export const createSource = (
  owner: pg.Pool,
  definition: Omit<Source, 'relation'>,
  cluster: string,
): Promise<KeptSource & { readonly command: Command }> =>
  inTransaction(owner, async (client) => {
    const { name } = definition
    const number = await nextNumber(client)
    const source: Source = { ...definition, relation: `ksql.t${number}` }
    const queryId = `CST_${name}_${number}`
    const command = {
      id: `table/\`${name}\`/create`,
      message: `Created query with ID ${queryId}`,
      queryId,
      number,
    }
    await note(client, command)
    await client.query(
      'insert into ksql.sources (name, definition, query_id, cluster) values ($1, $2, $3, $4)',
      [name, JSON.stringify(source), queryId, cluster],
    )
    await client.query(relationText(source))
    await client.query(`grant select on ${source.relation} to ${readerRole}`)
    return { source, queryId, cluster, command }
  })

/** Forgets a source and its rows. */
export const dropSource = (owner: pg.Pool, { name, topic, relation }: Source): Promise<Command> =>
  inTransaction(owner, async (client) => {
    await client.query('delete from ksql.sources where name = $1', [name])
    await client.query(`drop table if exists ${relation}`)
    const message = `Source \`${name}\` (topic: ${topic}) was dropped.`
    const number = await nextNumber(client)
    const command = { id: `table/${name}/drop`, message, queryId: null, number }
    await note(client, command)
    return command
  })

/** Notes a statement that had nothing to do. */
export const noteCommand = (owner: pg.Pool, id: string, message: string): Promise<Command> =>
  inTransaction(owner, async (client) => {
    const command = { id, message, queryId: null, number: await nextNumber(client) }
    await note(client, command)
    return command
  })

/** The last of what was done under each id. */
export async function keptCommands(owner: pg.Pool): Promise<readonly Command[]> {
  const { rows } = await owner.query<Omit<Command, 'queryId'> & { query_id: string | null }>(
    'select distinct on (id) id, message, query_id, number from ksql.commands order by id, number desc',
  )
  return rows.map(({ query_id, ...command }) => ({ ...command, queryId: query_id }))
}

const nextNumber = async (client: pg.PoolClient): Promise<number> => {
  const { rows } = await client.query<{ number: string }>(
    `select nextval(pg_get_serial_sequence('ksql.commands', 'number')) as number`,
  )
  return Number(rows[0]!.number)
}

const note = (client: pg.PoolClient, { number, id, message, queryId }: Command) =>
  client.query(
    `insert into ksql.commands (number, id, message, query_id) overriding system value
     values ($1, $2, $3, $4)`,
    [number, id, message, queryId],
  )

const relationText = ({ relation, columns }: Source): string => {
  const stored = columns.map(({ type }, at) => `c${at} ${storedType(type)}`)
  const all = ['partition integer not null', 'rowtime bigint not null', ...stored]
  return `create table ${relation} (${all.join(', ')}, primary key (partition, c0))`
}
