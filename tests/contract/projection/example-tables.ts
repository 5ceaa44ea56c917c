import type { TableMigration } from '#apps/platform/projection/migrate'
import { projectedTable } from '#apps/platform/projection/projected-table'
import { anomaly, input } from '#core/example-unit'
import type { ProjectedRecord, ProjectionMove } from '#ports/projection-store'
import type { PaymentAnomaly } from '#schemas/generated/types'

/** What a test says of a record; two may not have the same status. */
export type Told = Partial<
  Pick<PaymentAnomaly, 'payment_id' | 'kind' | 'message' | 'status' | 'amount'>
>

const all = projectedTable(
  {
    name: 'told',
    from: input,
    rows: (told: PaymentAnomaly) => (told.kind === 'no-row' ? [] : [told]),
  },
  {
    payment_id: 'text',
    message: 'text',
    status: 'text',
    amount: 'bigint',
    ordinal: { kind: 'integer', of: () => 7 },
    at: { kind: 'instant', of: ({ amount }) => amount },
  },
)

const latest = projectedTable(
  {
    name: 'latest',
    from: input,
    rows: (told: PaymentAnomaly) => [told],
    latestBy: 'payment_id',
  },
  { payment_id: 'text', amount: 'bigint' },
)

export const tables = [all, latest]

export const migrations: readonly TableMigration[] = [
  {
    name: '0001-told',
    up: (schema) =>
      schema
        .createTable('told', (table) => {
          table.text('payment_id').notNullable()
          table.text('message')
          table.text('status').unique()
          table.bigInteger('amount')
          table.integer('ordinal')
          table.timestamp('at')
        })
        .createTable('latest', (table) => {
          table.text('payment_id').primary()
          table.bigInteger('amount')
        }),
  },
]

/** Records of partition 0, the first of them at an offset. */
export const recordsFrom = (first: number, ...told: readonly Told[]): ProjectedRecord[] =>
  told.map((value, index) => ({
    topic: input.name,
    partition: 0,
    offset: first + index,
    timestamp: 0,
    value: { ...anomaly(), ...value },
  }))

export const move = (from: number, to: number, partition = 0): ProjectionMove => ({
  topic: input.name,
  partition,
  from,
  to,
})

export const positionAt = (offset: number, partition = 0) => ({
  topic: input.name,
  partition,
  offset,
  cluster: 'ours',
})
