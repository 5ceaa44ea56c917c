import { tryLock } from '#compose/embedded/lock'
import { newLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { schemaSource } from '#core/registry'
import { runUnits } from '#core/run-units'
import { benchUnit } from '#tests/bench/engine/bench-units'
import type { EngineSpec } from '#tests/bench/engine/engine-side'

/** The engine with units of the bench, as the worker runs it. Prints `restoring` when rows are read back, `running` once every unit reads. */
const spec = JSON.parse(process.env['ENGINE'] ?? '') as EngineSpec
const running = await runUnits({
  units: spec.units.map(benchUnit),
  kafka: { brokers: spec.brokers },
  wire: { format: 'avro', registry: schemaSource({ url: spec.registryUrl }), jsonTopics: [] },
  slot: spec.slot,
  from: 'earliest',
  metrics: newMetrics(),
  log: newLog('bench', spec.logLevel),
  appVersion: spec.version,
  state: {
    directory: spec.stateDirectory,
    bytesMax: 4e9,
    cluster: async () => 'bench',
    lock: tryLock,
  },
})
let isTold = false
const timer = setInterval(() => {
  const states = running.status().map(({ state }) => state)
  if (!isTold && running.status().some(({ note }) => note !== undefined)) {
    isTold = true
    process.stdout.write('restoring\n')
  }
  // Its log says why; nobody has to wait for what will not come.
  if (states.includes('stopped')) process.exit(1)
  if (!states.every((state) => state === 'running')) return
  process.stdout.write('running\n')
  clearInterval(timer)
}, 10)

let isEnding = false
const end = () => {
  if (isEnding) return
  isEnding = true
  clearInterval(timer)
  // A profile is written at the end of the process, not before it.
  void running.drain().then(() => process.exit(0))
}
process.once('SIGTERM', end)
process.stdin.on('end', end).resume()
