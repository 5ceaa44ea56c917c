import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { tryLock } from '#compose/embedded/lock'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { schemaSource } from '#core/registry'
import { runUnits } from '#core/run-units'
import { openOutside } from '#tests/soak/engine/effects'
import { soakUnit } from '#tests/soak/engine/soak-units'
import type { WorkerSpec } from '#tests/soak/engine/worker'

/**
 * The engine as a process of its own, to be killed. Prints a line of JSON whenever what it would tell an operator
 * changes. Commands come on standard input; it drains when that ends, so with whoever started it.
 */
const spec = JSON.parse(process.env['SOAK_WORKER'] ?? '') as WorkerSpec
const outside = openOutside(spec.effects)
const metrics = newMetrics()
const tell = (told: object) => process.stdout.write(`${JSON.stringify(told)}\n`)

const beganAt = Date.now()
let clock = { offsetMs: 0, rate: 1, sinceMs: beganAt }
const now = () => clock.offsetMs + clock.sinceMs + (Date.now() - clock.sinceMs) * clock.rate

// What was answered is written at once with what was answered beside it, and by nobody who sleeps.
const answered: string[] = []
const answer = (unit: string, value: unknown) => {
  if (answered.length === 0) setImmediate(writeAnswers)
  const message = (value as { message?: string } | undefined)?.message ?? ''
  answered.push(`${unit} ${Number.parseInt(message, 10)} ${spec.version}\n`)
}
const writeAnswers = () => appendFileSync(spec.answers, answered.splice(0).join(''))

const running = await runUnits({
  units: spec.units.map((unit) => soakUnit(unit, outside.effect, spec.effects.hasParties)),
  kafka: { brokers: spec.brokers },
  wire: { format: 'avro', registry: schemaSource({ url: spec.registryUrl }), jsonTopics: [] },
  slot: spec.slot,
  from: 'earliest',
  metrics,
  log: { ...silentLog, warn: (fields, event) => tell({ warning: event, ...fields }) },
  appVersion: spec.version,
  now,
  state: {
    directory: spec.stateDirectory,
    bytesMax: 4e9,
    cluster: async () => 'soak',
    lock: tryLock,
  },
  onOutcome: ({ unit, value }) => answer(unit, value),
})

let told = ''
const valueOf = async (metric: { get(): Promise<{ values: { value: number }[] }> }) =>
  (await metric.get()).values.reduce((sum, { value }) => sum + value, 0)
const look = async () => {
  const [restored, parked] = [await valueOf(metrics.restoreRecords), await parkedRecords()]
  const text = JSON.stringify({ statuses: running.status(), restored, parked })
  if (text !== told) process.stdout.write(`${(told = text)}\n`)
}
const parkedRecords = async () =>
  (await metrics.parked.get()).values
    .filter(({ labels }) => labels['what'] === 'records')
    .reduce((sum, { value }) => sum + value, 0)
const timer = setInterval(() => void look(), 20)

const setClock = (offsetMs: number, rate: number) => {
  const at = Date.now()
  clock = { offsetMs: offsetMs + now() - at, rate, sinceMs: at }
}
const commands: Record<string, (...words: string[]) => void> = {
  /** Moves the clock by so many milliseconds; from there it runs so many times as fast. */
  clock: (moveMs, rate = '1') => setClock(Number(moveMs), Number(rate)),
  /** The clock is the machine's again. */
  'right-clock': () => (clock = { offsetMs: 0, rate: 1, sinceMs: Date.now() }),
  away: (party = '') => outside.away(party),
  back: () => outside.back(),
  /** Tells anew what has not changed since. */
  look: () => void (told = ''),
}
let isEnding = false
const end = () => {
  if (isEnding) return
  isEnding = true
  void running.drain().then(async () => {
    clearInterval(timer)
    if (answered.length > 0) writeAnswers()
    process.exit(0)
  })
}
process.once('SIGTERM', end)
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [command = '', ...words] = line.split(' ')
    commands[command]?.(...words)
  })
  .on('close', end)
