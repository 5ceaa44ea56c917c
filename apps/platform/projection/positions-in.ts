import type pg from 'pg'
import { quoted } from '#apps/platform/projection/table-statement'
import type { ProjectedRecord, ProjectionMove, ProjectionPosition } from '#ports/projection-store'

interface PositionRow {
  readonly topic: string
  readonly partition: number
  /** A bigint, which the driver gives as text. */
  readonly next_offset: string
  readonly cluster: string
}

type Place = Pick<ProjectedRecord, 'topic' | 'partition' | 'offset'>

/** The positions of a projection, in the table for them in its schema. */
export function positionsIn(schema: string, projection: string) {
  const table = `${quoted(schema)}.projection_offsets`
  const statements = statementsOf(table)
  return {
    async all(client: pg.ClientBase): Promise<readonly ProjectionPosition[]> {
      const { rows } = await client.query<PositionRow>(statements.all, [projection])
      return rows.map(({ next_offset, ...row }) => ({ ...row, offset: Number(next_offset) }))
    },

    async begin(client: pg.ClientBase, positions: readonly ProjectionPosition[]): Promise<void> {
      const topics = positions.map(({ topic }) => topic)
      const partitions = positions.map(({ partition }) => partition)
      const offsets = positions.map(({ offset }) => offset)
      const clusters = positions.map(({ cluster }) => cluster)
      await client.query(statements.begin, [projection, topics, partitions, offsets, clusters])
    },

    /** False, and some may be moved, where one does not stand where its move begins: then nothing is to be committed. */
    async move(client: pg.ClientBase, moves: readonly ProjectionMove[]): Promise<boolean> {
      const topics = moves.map(({ topic }) => topic)
      const partitions = moves.map(({ partition }) => partition)
      const places = [projection, topics, partitions]
      // Always in one order: two projectors that took them in two would wait for each other.
      await client.query({ name: 'hold', text: statements.hold, values: places })
      const { rowCount } = await client.query({
        name: 'move',
        text: statements.move,
        values: [...places, moves.map(({ from }) => from), moves.map(({ to }) => to)],
      })
      return rowCount === moves.length
    },

    /** The statement by which an operator passes a record over. */
    passOver: ({ topic, partition, offset }: Place): string =>
      `update ${table} set next_offset = ${offset + 1} where projection = '${projection}' ` +
      `and topic = '${topic}' and partition = ${partition} and next_offset = ${offset}`,
  }
}

const statementsOf = (table: string) => ({
  all: `
    select topic, partition, next_offset, cluster from ${table}
    where projection = $1 order by topic, partition`,
  begin: `
    insert into ${table} (projection, topic, partition, next_offset, cluster)
    select $1, * from unnest($2::text[], $3::integer[], $4::bigint[], $5::text[])
    on conflict do nothing`,
  hold: `
    select from ${table}
    where projection = $1
      and (topic, partition) in (select * from unnest($2::text[], $3::integer[]))
    order by topic, partition
    for update`,
  move: `
    update ${table} as at set next_offset = m.after, moved_at = now()
    from unnest($2::text[], $3::integer[], $4::bigint[], $5::bigint[])
      as m (topic, partition, before, after)
    where at.projection = $1 and at.topic = m.topic and at.partition = m.partition
      and at.next_offset = m.before`,
})
