import { describe, expect, it } from 'vitest'
import { ksqlTable } from '#connectors/ksqldb/index'
import { ExampleTable } from '#connectors/ksqldb/example-table'
import { KsqlUnavailable } from '#connectors/ksqldb/errors'
import type { Completeness, Witnesses } from '#ports/ksqldb'
import { ksql } from '#ports/ksql-text'

const taken: Witnesses = {
  takenAtMs: Date.now(),
  rows: [
    { key: 'w-0', rowtimeMs: 100 },
    { key: 'w-1', rowtimeMs: 200 },
  ],
}

function scene(witnesses: (nth: number) => Promise<Witnesses> = async () => taken) {
  const server = new ExampleTable()
  let asked = 0
  const table = ksqlTable({
    client: server.client,
    table: 'open_payments',
    key: 'payment_id',
    columns: ['status'],
    witnesses: () => witnesses((asked += 1)),
  })
  return { server, table, asked: () => asked }
}

function filled(server: ExampleTable) {
  server.put('w-0', 100, 'SETTLED')
  server.put('w-1', 250)
  server.put('p-1', 50)
}

async function scanned({ table }: ReturnType<typeof scene>) {
  const rows = table.scan({
    where: ksql`status = ${'PENDING'}`,
    isWanted: (row) => row['STATUS'] === 'PENDING',
  })
  const keys: unknown[] = []
  for (;;) {
    const { value, done } = await rows.next()
    if (done) return { keys, answer: value }
    keys.push(value['PAYMENT_ID'])
  }
}

const complete: Completeness = { state: 'complete', asOfMs: taken.takenAtMs }
const unknown = (reason: string): Completeness => ({ state: 'unknown', reason })
const notShown = unknown('2 of 2 partitions do not show their last row')

describe('an answer without a row', () => {
  it('is no absence while the table loads', async () => {
    const made = scene()
    expect(await made.table.find('p-2')).toEqual(notShown)
    made.server.put('w-0', 100)
    expect(await made.table.find('p-2')).toEqual(
      unknown('1 of 2 partitions do not show their last row'),
    )
    expect(await scanned(made)).toEqual({
      keys: ['w-0'],
      answer: unknown('1 of 2 partitions do not show their last row'),
    })
  })

  it('is none where a witness is shown as it was before, from a version that is older', async () => {
    const { server, table } = scene()
    filled(server)
    server.put('w-1', 199)
    expect(await table.find('p-2')).toEqual(unknown('1 of 2 partitions do not show their last row'))
  })

  it('is an absence where the last rows are shown twice in a row', async () => {
    const { server, table } = scene()
    filled(server)
    expect(await table.find('p-2')).toEqual({ state: 'absent', asOfMs: taken.takenAtMs })
    expect(server.queries).toHaveLength(2)
  })

  it('is none where the row came in between the look for it and that for the witness', async () => {
    const { server, table } = scene()
    filled(server)
    server.before = (nth) => {
      if (nth === 2) server.put('p-2', 60)
    }
    expect(await table.find('p-2')).toMatchObject({ state: 'found' })
  })

  it('is none where the table was emptied in between', async () => {
    const { server, table } = scene()
    filled(server)
    server.before = (nth) => {
      if (nth === 2) server.rows.clear()
    }
    expect(await table.find('p-2')).toEqual(notShown)
  })

  it('is none where nobody can say what the table must hold', async () => {
    const { server, table } = scene(() => Promise.reject(new Error('the registry does not answer')))
    filled(server)
    await expect(table.find('p-2')).rejects.toThrow(KsqlUnavailable)
    expect(await table.isReady()).toEqual(
      unknown('what the table must hold is not known: the registry does not answer'),
    )
  })

  it('is an absence at once where the topic has no row at all', async () => {
    const { table } = scene(async () => ({ takenAtMs: 5_000, rows: [] }))
    expect(await table.find('p-2')).toEqual({ state: 'absent', asOfMs: 5_000 })
    expect(await table.isReady()).toEqual({ state: 'complete', asOfMs: 5_000 })
  })
})

describe('a row that is shown', () => {
  it('is found at the first question, ready or not', async () => {
    const { server, table } = scene()
    server.put('p-1', 50)
    expect(await table.find('p-1')).toEqual({
      state: 'found',
      row: { PAYMENT_ID: 'p-1', ROWTIME: 50n, STATUS: 'PENDING' },
    })
    expect(server.queries).toEqual([
      "SELECT `PAYMENT_ID`, `ROWTIME`, `STATUS` FROM `OPEN_PAYMENTS` WHERE `PAYMENT_ID` = 'p-1'" +
        " OR `PAYMENT_ID` = 'w-0' OR `PAYMENT_ID` = 'w-1';",
    ])
  })

  it('is a witness, too', async () => {
    const { server, table } = scene()
    filled(server)
    expect(await table.find('w-0')).toMatchObject({ state: 'found', row: { PAYMENT_ID: 'w-0' } })
  })
})

describe('a scan', () => {
  it('gives the rows that are wanted, witnesses among them, and says that they are all', async () => {
    const made = scene()
    filled(made.server)
    expect(await scanned(made)).toEqual({ keys: ['w-1', 'p-1'], answer: complete })
  })

  it('does not say so where the table was not filled before it', async () => {
    const made = scene()
    made.server.before = (nth) => {
      if (nth === 2) filled(made.server)
    }
    expect(await scanned(made)).toEqual({ keys: ['w-1', 'p-1'], answer: notShown })
  })
})

describe('a table', () => {
  it('is waited for', async () => {
    const { server, table } = scene()
    server.before = (nth) => {
      if (nth === 2) filled(server)
    }
    expect(await table.awaitReady(5_000)).toBe(taken.takenAtMs)
    server.rows.clear()
    await expect(table.awaitReady(100)).rejects.toThrow(
      'ksqlDB has no ready table within 0.1 s: 2 of 2 partitions do not show their last row',
    )
  })

  it('is not waited for longer than the signal says', async () => {
    const { table } = scene()
    const signal = AbortSignal.timeout(50)
    await expect(table.awaitReady(60_000, { signal })).rejects.toThrow()
  })

  it('takes its witnesses anew when one is not shown any more, and only then', async () => {
    const made = scene(async (nth) =>
      nth === 1 ? taken : { ...taken, rows: [{ key: 'p-1', rowtimeMs: 50 }] },
    )
    filled(made.server)
    await made.table.find('p-2')
    expect(made.asked()).toBe(1)
    made.server.rows.delete('w-0')
    expect(await made.table.isReady()).toMatchObject({ state: 'unknown' })
    expect(await made.table.isReady()).toEqual(complete)
    expect(made.asked()).toBe(2)
  })

  it('is not ready while the server is not there, and wrong questions are thrown', async () => {
    const { server, table } = scene()
    server.before = () => {
      throw new KsqlUnavailable('ksqlDB answered 503 (50302)')
    }
    expect(await table.isReady()).toEqual(unknown('ksqlDB answered 503 (50302)'))
    server.before = () => {
      throw new TypeError('a bug')
    }
    await expect(table.isReady()).rejects.toThrow(TypeError)
  })
})
