import { join } from 'node:path'
import { counterOf } from '#tests/engine/counter'
import { switchedOf } from '#tests/engine/switched'
import { wakerOf } from '#tests/engine/waker'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { schemaSource } from '#core/registry'
import { runUnits } from '#core/run-units'
import { tryLock } from '#compose/embedded/lock'

/** A unit of the tests as a process of its own, to be killed. Prints its status when it changes. */
const {
  SUFFIX = '',
  PARTITIONS = '',
  SLOT = '',
  BROKERS = '',
  REGISTRY = '',
  UNIT = '',
  PARTY = '',
  STATE_DIRECTORY,
} = process.env
const partitions = Number(PARTITIONS)
const units = {
  counter: () => counterOf(SUFFIX, partitions),
  waker: () => wakerOf(SUFFIX, partitions),
  switched: () => switchedOf(SUFFIX, partitions, PARTY),
}
const running = await runUnits({
  units: [units[UNIT as keyof typeof units]()],
  kafka: { brokers: BROKERS },
  wire: { format: 'avro', registry: schemaSource({ url: REGISTRY }), jsonTopics: [] },
  slot: SLOT,
  from: 'earliest',
  metrics: newMetrics(),
  log: silentLog,
  appVersion: '0.1.0',
  state: STATE_DIRECTORY
    ? { directory: STATE_DIRECTORY, bytesMax: 1e9, cluster: async () => 'ours', lock: tryLock }
    : 'memory',
  ...(STATE_DIRECTORY ? { lookups: join(STATE_DIRECTORY, '..', 'lookups') } : {}),
})
let told = ''
const timer = setInterval(() => {
  const text = JSON.stringify(running.status()[0])
  if (text !== told) process.stdout.write(`${(told = text)}\n`)
}, 20)
process.once('SIGTERM', () => {
  void running.drain().then(() => clearInterval(timer))
})
