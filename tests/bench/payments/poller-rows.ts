import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net'
import { paymentsOpen } from '#schemas/topics'
import type { OpenPayment } from '#schemas/generated/types'
import { writeAll } from '#tests/bench/engine/loads'
import { type Asker, askerOf, openViewsAnew } from '#tests/bench/payments/ask-standin'
import { idOf, openOf, recordsOf } from '#tests/bench/payments/bench-payments'
import {
  type PaymentsBench,
  type PaymentsGroup,
  whileRunning,
} from '#tests/bench/payments/payments-bench'
import type { RowPlan } from '#tests/bench/row'
import { until } from '#tests/until'

const plan: RowPlan = {
  id: 'poller',
  what: 'what is due of the open payments of eight intermediaries, one dead: the others’ all checked',
  unit: 's',
  bar: { of: 'ours', is: 'at most', value: 60 },
}

const intermediaries = 8
const filledMsMax = 5 * 60_000
const checkedMsMax = 5 * 60_000
const laterMs = Date.UTC(2100, 0, 1)

/** Proxies that are asked, all but one. */
interface Proxies {
  /** Where an intermediary's payment is asked for. */
  urlOf(intermediary: number, id: string): string
  readonly asked: ReadonlySet<string>
  close(): void
}

/** The poller asks the stand-in, and the proxies. */
export const poller: PaymentsGroup = {
  rows: [plan],
  sizes: ['open', 'due'],
  measure: (bench) =>
    whileRunning(bench, async () => {
      const { platform, stack, sizes } = bench
      await platform.fresh()
      const proxies = await openProxies()
      await platform.start('ksql-standin')
      const asker = askerOf(platform.addresses.ksqldb, 1)
      try {
        await openViewsAnew(asker, platform.addresses.ksqldb, bench.stack.signal)
        await writeOpen(bench, proxies, { first: sizes.due, count: sizes.open - sizes.due })
        await shows(bench, asker, sizes.open - 1)
        await platform.start('payments-poller')
        const beganAtMs = Date.now()
        const due = { first: 0, count: sizes.due, next_check_at_ms: beganAtMs }
        await writeOpen(bench, proxies, due)
        const others = Array.from({ length: sizes.due }, (_, n) => n).filter(isLiving)
        const areChecked = () => others.every((n) => proxies.asked.has(idOf('payment', n)))
        await until(`${others.length} checks`, areChecked, {
          msMax: checkedMsMax,
          signal: stack.signal,
        })
        const seconds = (Date.now() - beganAtMs) / 1_000
        stack.report(`${others.length} checks of living intermediaries in ${seconds.toFixed(1)} s`)
        return new Map([[plan.id, { ours: seconds }]])
      } finally {
        asker.close()
        proxies.close()
      }
    }),
}

const intermediaryOf = (n: number) => n % intermediaries
const isLiving = (n: number) => intermediaryOf(n) !== 0

interface Written {
  readonly first: number
  readonly count: number
  readonly next_check_at_ms?: number
}

async function writeOpen(
  { stack }: PaymentsBench,
  { urlOf }: Proxies,
  { first, count, next_check_at_ms = laterMs }: Written,
): Promise<void> {
  const record = await recordsOf<OpenPayment & { readonly id: string }>(stack, paymentsOpen)
  await writeAll(stack, paymentsOpen.name, count, (sequence) => {
    const n = first + sequence
    const intermediary = intermediaryOf(n)
    const update_url = urlOf(intermediary, idOf('payment', n))
    return record(
      openOf(n, { connector: `intermediary-${intermediary}`, next_check_at_ms, update_url }),
    )
  })
}

/** Waits until the view shows a payment; each partition is read in order, so all before it are there by and by. */
async function shows({ stack }: PaymentsBench, asker: Asker, n: number): Promise<void> {
  const sql = `SELECT id FROM open_payments WHERE id = '${idOf('payment', n)}';`
  const isShown = async () => (await asker.rows(sql).catch(() => [])).length === 1
  await until('the open payments in the view', isShown, {
    msMax: filledMsMax,
    signal: stack.signal,
  })
}

/** One server for all that live; one that takes every connection and says nothing for the one that is dead. */
async function openProxies(): Promise<Proxies> {
  const asked = new Set<string>()
  const living = createServer((request, response) => {
    asked.add(/[^/]*$/.exec(request.url ?? '')![0])
    response.end('{}')
  })
  const silent = new Set<Socket>()
  const dead = createTcpServer((socket) => {
    silent.add(socket)
    socket.on('error', () => undefined).on('close', () => silent.delete(socket))
  })
  const [livingPort, deadPort] = [await portOf(living), await portOf(dead)]
  return {
    urlOf: (intermediary, id) =>
      `http://127.0.0.1:${intermediary === 0 ? deadPort : livingPort}/update/${id}`,
    asked,
    close() {
      living.close()
      living.closeAllConnections()
      dead.close()
      for (const socket of silent) socket.destroy()
    },
  }
}

async function portOf(server: HttpServer | Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
