import { statfs } from 'node:fs/promises'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

let known: Registry | undefined

/** To count them the library walks through every socket of the process, and their names say that they are counters. */
const notAsked = ['handles', 'requests', 'resources'].flatMap((what) => [
  `nodejs_active_${what}`,
  `nodejs_active_${what}_total`,
])

/**
 * The numbers of this process, whatever runs in it: processor time, memory, event loop, collections of garbage, open
 * files, and the room where its folder lies. One registry however many apps a process has; it measures from the first call on.
 */
export function processMetrics(): Registry {
  if (known) return known
  known = new Registry()
  collectDefaultMetrics({ register: known })
  for (const name of notAsked) known.removeSingleMetric(name)
  exportHome(known, process.env['CORRENTE_HOME'] || '.corrente')
  return known
}

/** Exports how large the file system of a folder is and what is free of it; no number where there is no such folder. */
export function exportHome(registry: Registry, folder: string): void {
  new Gauge({
    name: 'corrente_home_bytes',
    help: 'The file system where CORRENTE_HOME lies: its size, and what is free of it for this process',
    labelNames: ['what'],
    registers: [registry],
    async collect() {
      this.reset()
      const found = await statfs(folder).catch(() => undefined)
      if (!found) return
      this.set({ what: 'size' }, found.blocks * found.bsize)
      this.set({ what: 'free' }, found.bavail * found.bsize)
    },
  })
}
