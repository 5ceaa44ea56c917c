import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type AppProcess, spawnApp } from '#apps/corrente/app-process'
import { type DatabasePlace, openDatabasePlace } from '#tests/contract/projection/place'
import { ExampleDebits, openDebitWriter, opening } from '#tests/end-to-end/debit-records'
import { freePortBase } from '#tests/free-ports'
import { platformOf } from '#tests/stack'
import { until } from '#tests/until'

const bounds = { msMax: 60_000, signal: new AbortController().signal }
const accounts = Array.from({ length: 61 }, () => `account-${randomUUID()}`)
const own = `account_id in (${accounts.map((account) => `'${account}'`).join(', ')})`

let place: DatabasePlace
const debits = new ExampleDebits(accounts)
let writer: Awaited<ReturnType<typeof openDebitWriter>>
const projectors: AppProcess[] = []
let portBase = 0

beforeAll(async () => {
  portBase = await freePortBase()
  place = await openDatabasePlace(portBase)
  writer = await openDebitWriter(inject('stack'), debits)
})
afterAll(async () => {
  await Promise.all(projectors.map((projector) => projector.drain()))
  await writer.close()
  await place.remove()
})

const urlOf = (index: number) => `http://127.0.0.1:${portBase + index + 1}`

function start(index: number): AppProcess {
  const stack = inject('stack')
  const port = portBase + index + 1
  const spec = {
    name: 'debit-projector',
    args: [],
    env: {
      ...process.env,
      ...platformOf(stack),
      DATABASE_URL: place.url,
      PORT: String(port),
    },
    claims: [{ port, wantedBy: 'a projector' }],
    readyUrl: `${urlOf(index)}/status`,
  }
  return (projectors[index] = spawnApp(spec, join(stack.dataDir, 'logs')))
}

const statusOf = async (index: number) => {
  const answer = await fetch(`${urlOf(index)}/status`)
  const { problems } = (await answer.json()) as { readonly problems: readonly string[] }
  return { isRed: answer.status === 503, problems: problems.join('; ') }
}

/** Offsets that are not in the rows yet. */
const lagOf = async (index: number): Promise<number> => {
  const metrics = await (await fetch(`${urlOf(index)}/metrics`)).text()
  return Number(/corrente_lag\{unit="debit-projector"\} (\d+)/.exec(metrics)?.[1] ?? Number.NaN)
}

const count = async (table: string): Promise<number> => {
  const [row] = await place.rows(`select count(*)::int as count from debits.${table} where ${own}`)
  return row!['count'] as number
}
const decided = () => count('decisions').catch(() => 0)

/** More rows come than there are now. */
const goesOn = async () => {
  const before = await decided()
  await until('rows to come', async () => (await decided()) > before, bounds)
}

async function kill(index: number): Promise<void> {
  projectors[index]!.kill()
  await projectors[index]!.ended
}

it('two projectors that are killed, and a Postgres that is stopped, write each row once', async () => {
  await Promise.all([start(0), start(1)].map((projector) => projector.ready()))
  let isWriting = true
  const writing = (async () => {
    while (isWriting) await writer.write(1)
  })()
  await goesOn()

  await sleep(Math.random() * 200)
  await kill(0)
  await goesOn()
  await sleep(Math.random() * 200)
  await kill(1)
  await Promise.all([start(0), start(1)].map((projector) => projector.ready()))
  await goesOn()

  await place.stop()
  await until(
    'both to say so',
    async () => {
      const told = await Promise.all([statusOf(0), statusOf(1)])
      return told.every(({ isRed, problems }) => isRed && /not be written/.test(problems))
    },
    bounds,
  )
  await sleep(1_000)
  await place.start()
  await goesOn()

  process.kill(projectors[1]!.pid!, 'SIGSTOP')
  await goesOn()
  isWriting = false
  await writing
  await until('all decisions', async () => (await decided()) === debits.decisions, bounds)
  process.kill(projectors[1]!.pid!, 'SIGCONT')
  await until(
    'nothing to be left',
    async () => (await lagOf(0)) === 0 && (await lagOf(1)) === 0,
    bounds,
  )

  await expectExactlyOnce()
  await expectAnswers()
  projectors.forEach(({ pid }) => process.kill(pid!, 'SIGTERM'))
  expect(await Promise.all(projectors.map(({ ended }) => ended))).toEqual(
    projectors.map(() => 'exit code 0'),
  )
}, 150_000)

async function expectExactlyOnce(): Promise<void> {
  const { decisions, lines, balances } = debits
  expect([
    await count('decisions'),
    await count('ledger_entries'),
    await count('statement_lines'),
  ]).toEqual([decisions, lines, lines])

  const kept = await place.rows(
    `select account_id, posted::int, (
       select json_build_object('lines', count(*), 'last', max(sequence), 'sum', sum(amount))
       from debits.statement_lines as line where line.account_id = account.account_id
     ) as statement
     from debits.accounts as account where ${own}`,
  )
  expect(kept).toHaveLength(accounts.length)
  for (const { account_id, posted, statement } of kept) {
    expect(posted).toBe(balances.get(account_id as string))
    const { lines: found, last, sum } = statement as Record<'lines' | 'last' | 'sum', number>
    expect([last, sum]).toEqual([found, (posted as number) - opening])
  }

  const books = await place.rows(
    `select count(*)::int as sides,
       sum(case nature when 'Debit' then posting.amount else -posting.amount end)::int as difference,
       sum(posting.amount)::int as moved
     from debits.ledger_postings as posting
     join debits.ledger_entries as entry using (origin_partition, origin_offset) where ${own}`,
  )
  const spent = [...balances.values()].reduce((sum, left) => sum + opening - left, 0)
  expect(books).toEqual([{ sides: 2 * lines, difference: 0, moved: 2 * spent }])
}

/** What docs/projections.md asks is answered as it says. */
async function expectAnswers(): Promise<void> {
  const [block] = /(?<=```sql\n)[^`]*/.exec(readFileSync('docs/projections.md', 'utf8'))!
  const [page, sides] = block.split(';').map((text) => text.trim())
  const below = 40
  const lines = await place.rows(page!.replace('$1', `'${accounts[0]}'`).replace('$2', `${below}`))
  expect(lines.map(({ sequence }) => Number(sequence))).toEqual(
    Array.from({ length: below - 1 }, (_, index) => below - 1 - index),
  )
  const [debit, credit] = await place.rows(sides!)
  expect(debit!['sum']).toBe(credit!['sum'])
}
