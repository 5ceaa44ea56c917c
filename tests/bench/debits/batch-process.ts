import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { BatchWriter } from '#tests/bench/debits/batch-writer'

/** What the batch writer is told. */
export interface BatchSpec {
  readonly databaseUrl: string
  readonly cards: number
  readonly forMs: number
}

/** What it did: rows of its journal a second. */
export interface BatchFigures {
  readonly perSecond: number
}

const writersMax = 4
/** Debits that wait at once, of all partitions. */
const inFlight = 512
const warmMs = 2_000

/** Writes debits in batches for a while, the next as soon as one is written, and prints how many, as JSON. */
const { databaseUrl, cards, forMs } = JSON.parse(process.env['BATCH'] ?? '') as BatchSpec
const clients = Array.from(
  { length: writersMax },
  () => new Client({ connectionString: databaseUrl }),
)
await Promise.all(clients.map((client) => client.connect()))
const writers = clients.map((client, part) => new BatchWriter(client, part))
const written = () => writers.reduce((sum, writer) => sum + writer.written, 0)

let isEnding = false
let open = 0
function next(): void {
  open += 1
  const card = Math.floor(Math.random() * cards)
  const amount = 1 + Math.floor(Math.random() * 10_000)
  writers[card % writersMax]!.push({
    card,
    amount,
    done() {
      open -= 1
      if (!isEnding) next()
    },
  })
}
for (let n = 0; n < inFlight; n++) next()
await sleep(warmMs)
const [before, beganAtMs] = [written(), performance.now()]
await sleep(forMs)
const [after, endedAtMs] = [written(), performance.now()]
isEnding = true
while (open > 0) await sleep(10)
await Promise.all(clients.map((client) => client.end()))
const figures: BatchFigures = { perSecond: (after - before) / ((endedAtMs - beganAtMs) / 1_000) }
process.stdout.write(JSON.stringify(figures))
