import pg from 'pg'
import { routines } from '#apps/ksql-standin/sql/pull/routines'

/** Postgres as the stand-in uses it. */
export interface Database {
  /** Owns the tables, and alone writes to them. */
  readonly owner: pg.Pool
  /** Runs pull queries: reads the tables, may do nothing else, and not for long. */
  readonly reader: pg.Pool
  /** Makes what is missing: schema, tables of our own, functions, the reading role. Throws where Postgres is away. */
  prepare(): Promise<void>
  close(): Promise<void>
}

interface DatabaseOptions {
  readonly url: string
  /** Longest run of a pull query, milliseconds. */
  readonly queryMsMax: number
  /** Pull queries at a time. */
  readonly queriesMax: number
}

export const readerRole = 'corrente_ksql_reader'

const connectMsMax = 5_000

/** Every value as Postgres writes it: a BIGINT or a DECIMAL never becomes a JavaScript number. */
const asText: pg.CustomTypesConfig = { getTypeParser: () => (text: unknown) => text }

/** Opens nothing yet: connections are made when they are needed, and made anew when they break. */
export function openDatabase({ url, queryMsMax, queriesMax }: DatabaseOptions): Database {
  const common = {
    connectionString: url,
    connectionTimeoutMillis: connectMsMax,
    application_name: 'corrente-ksql-standin',
  }
  const owner = new pg.Pool({ ...common, max: 10 })
  const reader = new pg.Pool({
    ...common,
    max: queriesMax,
    types: asText,
    // Awaited before the first query: none ever runs with the rights of the owner.
    onConnect: (client) => restrict(client, queryMsMax) as unknown as void,
  })
  // A connection that breaks while nobody uses it is replaced.
  for (const pool of [owner, reader]) pool.on('error', () => undefined)
  return {
    owner,
    reader,
    prepare: () => prepare(owner),
    close: async () => void (await Promise.all([owner.end(), reader.end()])),
  }
}

const restrict = (client: pg.ClientBase, queryMsMax: number) =>
  client.query(
    `set role ${readerRole}; set default_transaction_read_only = on; set jit = off;
     set statement_timeout = ${queryMsMax}; set client_connection_check_interval = '1s'`,
  )

const tables = `
  create schema if not exists ksql;
  create table if not exists ksql.commands (
    number integer primary key generated always as identity (start with 0 minvalue 0),
    id text not null, message text not null, query_id text, at timestamptz not null default now()
  );
  create table if not exists ksql.sources (
    name text collate "C" primary key,
    definition jsonb not null,
    query_id text not null,
    cluster text not null,
    created_at timestamptz not null default now(),
    -- When its positions were last known to be looked after.
    tailed_at timestamptz
  );
  create table if not exists ksql.positions (
    source text collate "C" not null references ksql.sources on delete cascade,
    partition integer not null,
    next bigint not null,
    primary key (source, partition)
  );`

const role = `
  do $$ begin
    if not exists (select from pg_roles where rolname = '${readerRole}') then
      create role ${readerRole} nologin;
    end if;
    if not pg_has_role(current_user, '${readerRole}', 'MEMBER') then
      execute format('grant ${readerRole} to %I', current_user);
    end if;
  end $$;
  grant usage on schema ksql to ${readerRole};`

async function prepare(owner: pg.Pool): Promise<void> {
  await owner.query(tables)
  await owner.query(role)
  for (const routine of routines) await owner.query(routine)
}
