import { beforeAll, describe, expect, it } from 'vitest'
import {
  giving,
  lote,
  type OpenedDatabase,
  signal,
} from '#tests/contract/movements/example-database'
import { textOf } from '#tests/contract/movements/movements-driver'

/** Somebody's name, which no message may have. */
const name = 'Lucía Peña'
const containing = (text: string) => expect.stringContaining(text) as string

const mistakes = [
  {
    what: 'a mistake of syntax',
    query: 'select 1 frm x\nwhere $1 <> $2 order by 1',
    told: 'QUERY_FILE, line 1, column 14: a mistake of syntax',
  },
  {
    what: 'a column that is not there',
    query: `select '😀',\n  amout from movements where $1 <> $2 order by 1`,
    told: 'QUERY_FILE, line 2, column 3: there is no such column (42703)',
  },
  {
    what: 'a table that is not there',
    query: 'select 1 from receipts where $1 <> $2 order by 1',
    told: 'QUERY_FILE, line 1, column 15: there is no such table',
  },
  {
    what: 'a function that is not there',
    query: 'select total($1, $2) order by 1',
    told: 'QUERY_FILE, line 1, column 8: there is no such function',
  },
  { what: 'two statements', query: 'select $1, $2 order by 1; select 1', told: 'one statement' },
  {
    what: 'a parameter of no type',
    query: 'select $1, $2 where $3 is null order by 1',
    told: 'nothing says of which type a parameter is',
  },
  {
    what: 'a query that writes',
    query: 'delete from batches where $1 <> $2 returning (select 1 order by 1)',
    told: 'QUERY_FILE: it writes, and is run read only',
  },
  {
    what: 'no columns',
    query: 'select from batches where $1 <> $2 order by tenant_id',
    told: 'QUERY_FILE: the query gives no columns',
  },
  {
    what: 'what a function raises',
    query: giving('select fails()'),
    told: 'QUERY_FILE: Postgres does not run it (P0001)',
  },
]

const badStates = [
  {
    what: 'no version',
    version: 'select 1 as revision where $1 <> $2',
    told: 'the query gives no column version',
  },
  {
    what: 'two rows',
    version: `select 'x' as version from generate_series(1, 2) where $1 <> $2`,
    told: 'the query gives more than one row',
  },
  {
    what: 'a day',
    version: `select 'x' as version, current_date as as_of where $1 <> $2`,
    told: 'its column as_of is no timestamp with time zone',
  },
  {
    what: 'an instant without end',
    version: `select 'x' as version, timestamptz 'infinity' as as_of where $1 <> $2`,
    told: 'its as_of is no instant of the calendar',
  },
  {
    what: 'a long name',
    version: `select repeat('x', 201) as version where $1 <> $2`,
    told: 'a version has more than 200 characters',
  },
]

/** Queries that can not be run, or give what nobody can use. */
export function refusesQueries(opened: OpenedDatabase): void {
  describe('a query', () => {
    beforeAll(async () => {
      await opened().place.rows(`create function fails() returns text language plpgsql as
        $$ begin raise exception 'of ${name}'; end $$`)
    })

    it.each(mistakes)(
      'with $what is refused, by its place in the file',
      async ({ query, told }) => {
        const failure = await opened()
          .read({ query })
          .catch((error: Error) => error)
        expect(failure).toMatchObject({ code: 'bad-query', message: containing(told) })
        expect(String(failure)).not.toContain(name)
      },
    )

    it('that stumbles over a value half way says nothing of the value', async () => {
      // An order that needs no sorting, so that the first rows come before the last are made.
      const query = `
        select n, case when n < 5000 then '1' else '${name}' end::int as number
        from generate_series(1, 10000) n where $1 <> $2 order by null::int`
      const { csv } = await opened().source({ version: null, query }).read(lote, signal)
      const failure = await textOf(csv).catch((error: Error) => error)
      expect(failure).toMatchObject({ name: 'RejectedError', code: 'bad-value' })
      expect(String(failure)).not.toContain(name)
    })

    it.each(badStates)('of versions that gives $what is refused', async ({ version, told }) => {
      const asked = opened().source({ version }).versionOf(lote, signal)
      await expect(asked).rejects.toMatchObject({ code: 'bad-query', message: containing(told) })
    })
  })
}
