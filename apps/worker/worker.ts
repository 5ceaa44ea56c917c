import { join } from 'node:path'
import { type HttpAppOptions, httpApp, listen, type Listening } from '#apps/platform/http'
import type { PlatformSettings } from '#apps/platform/settings'
import { chosen, type WorkerArguments } from '#apps/worker/arguments'
import type { WorkerConfig } from '#apps/worker/config'
import type { Log } from '#core/log'
import { newMetrics } from '#core/metrics'
import type { Unit } from '#core/processor'
import { type RunningUnits, runUnits } from '#core/run-units'
import { takeSlot } from '#core/slots'
import { appVersion } from '#core/version'

interface WorkerOptions {
  readonly platform: PlatformSettings
  readonly config: WorkerConfig
  readonly args: WorkerArguments
  readonly units: readonly Unit[]
  readonly log: Log
}

/** Red when and only when a unit is not doing its work. */
const statusOf = (running: RunningUnits): ReturnType<HttpAppOptions['status']> => {
  const units = running.status()
  const problems = units.flatMap(({ unit, state, reason }) =>
    state === 'waiting' || state === 'stopped' ? [`${unit} ${state}: ${reason ?? ''}`] : [],
  )
  return { problems, details: { units } }
}

/** Takes a slot, runs the chosen units, and tells of them over HTTP. */
export async function startWorker(options: WorkerOptions): Promise<Listening> {
  const { platform, config, args, log } = options
  const units = chosen(options.units, args)
  const metrics = newMetrics()
  const slot = await takeSlot({ given: config.slot, directory: join(config.home, 'slots') })
  const { kafka, wire } = platform
  const { from } = args
  const slotName = slot.name
  const running = await runUnits({
    units,
    kafka,
    wire,
    slot: slotName,
    from,
    metrics,
    log,
    appVersion,
  })
  const app = httpApp({
    name: 'worker',
    log,
    metrics,
    status: () => statusOf(running),
    routes: () => undefined,
  })
  const server = await listen(app, config.port, config.host)
  return {
    url: server.url,
    async close() {
      await running.drain()
      await server.close()
      slot.release()
    },
  }
}
