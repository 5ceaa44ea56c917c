import type { Knex } from 'knex'
import type { TableMigration } from '#apps/platform/projection/migrate'

/** Where the request lies in the topic debits: what it came to is named by that. */
const origin = (table: Knex.CreateTableBuilder): void => {
  table.integer('origin_partition').notNullable()
  table.bigInteger('origin_offset').notNullable()
}

const texts = (table: Knex.CreateTableBuilder, ...names: readonly string[]): void => {
  for (const name of names) table.text(name).notNullable()
}

/** Minor units of the currency. */
const amounts = (table: Knex.CreateTableBuilder, ...names: readonly string[]): void => {
  for (const name of names) table.bigInteger(name).notNullable()
}

/** Branch and number of the account, where it has them. */
const contract = (table: Knex.CreateTableBuilder): void => {
  table.integer('branch')
  table.bigInteger('number')
}

const accounts: TableMigration = {
  name: '0001-accounts-and-decisions',
  up: (schema) =>
    schema
      .createTable('accounts', (table) => {
        table.text('account_id').primary()
        texts(table, 'currency')
        amounts(table, 'posted', 'held')
        contract(table)
        table.timestamp('decided_at').notNullable()
        origin(table)
      })
      .createTable('decisions', (table) => {
        origin(table)
        texts(table, 'account_id', 'request_id', 'type', 'code', 'reason', 'currency')
        amounts(table, 'asked', 'amount')
        amounts(table, 'posted_before', 'held_before', 'posted_after', 'held_after')
        table.text('card_id')
        table.text('card_display')
        contract(table)
        table.text('hold_id')
        table.bigInteger('hold_left')
        table.text('original_id')
        table.timestamp('decided_at').notNullable()
        table.primary(['origin_partition', 'origin_offset'])
      }),
}

const books: TableMigration = {
  name: '0002-books',
  up: (schema) =>
    schema
      .createTable('ledger_entries', (table) => {
        origin(table)
        texts(table, 'account_id', 'request_id', 'currency')
        table.timestamp('booked_at').notNullable()
        table.primary(['origin_partition', 'origin_offset'])
        table.index(['account_id', 'booked_at', 'origin_partition', 'origin_offset'])
      })
      .createTable('ledger_postings', (table) => {
        origin(table)
        table.integer('ordinal').notNullable()
        texts(table, 'ledger_account', 'nature', 'currency')
        amounts(table, 'amount')
        table.primary(['origin_partition', 'origin_offset', 'ordinal'])
      }),
}

const statements: TableMigration = {
  name: '0003-statements',
  up: (schema) =>
    schema.createTable('statement_lines', (table) => {
      table.text('account_id').notNullable()
      table.bigInteger('sequence').notNullable()
      texts(table, 'request_id', 'type', 'currency')
      amounts(table, 'amount', 'balance')
      contract(table)
      table.text('card_display')
      table.text('text')
      table.timestamp('booked_at').notNullable()
      origin(table)
      table.primary(['account_id', 'sequence'])
    }),
}

/** A decision is named by where it lies, too. The rows there are do not say it: they are read from the log again. */
const decisionsByPlace: TableMigration = {
  name: '0004-decisions-by-place',
  up: (schema) =>
    schema
      .raw('truncate debits.decisions')
      .raw("delete from debits.projection_offsets where topic = 'debits.decisions'")
      .alterTable('decisions', (table) => {
        table.dropPrimary()
        table.bigInteger('decision_offset').notNullable()
        table.primary(['origin_partition', 'origin_offset', 'decision_offset'])
      }),
}

/** The tables of debits. One that was released stays as it is: what changes is a further one. */
export const migrations: readonly TableMigration[] = [accounts, books, statements, decisionsByPlace]
