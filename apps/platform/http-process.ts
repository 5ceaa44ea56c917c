import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { newLog } from '#core/log'
import { appVersion } from '#core/version'
import type { Listening } from '#apps/platform/http'
import { openTracing, type ProcessTracing } from '#apps/platform/tracing/open-tracing'
import { withSecretFiles } from '#apps/platform/secret-files'

type Environment = Readonly<Record<string, string | undefined>>

/** Longest wait for a drain, milliseconds; then the process ends with what is left undone. */
const drainMsMax = 15_000

/** Whether this module is what the process was started with; asked with `import.meta.url`. */
export function isEntry(moduleUrl: string): boolean {
  const file = fileURLToPath(moduleUrl)
  const started = process.argv[1] ?? ''
  return [started, `${started}.ts`].some((path) => {
    try {
      return realpathSync(path) === file
    } catch {
      return false
    }
  })
}

/**
 * Runs an app as this process: says `ready` with its URL on one line, drains at SIGTERM, SIGINT, or when the
 * process that forked it is gone, and ends with 1 and one sentence where it cannot start.
 */
export async function runHttpProcess(
  name: string,
  start: (env: Environment, tracing: ProcessTracing | undefined) => Promise<Listening>,
): Promise<void> {
  let app: Listening | undefined
  let tracing: ProcessTracing | undefined
  const drain = async () => {
    setTimeout(() => process.exit(1), drainMsMax).unref()
    await app?.close()
    await tracing?.close()
    process.exit(0)
  }
  process.once('SIGTERM', drain).once('SIGINT', drain).once('disconnect', drain)
  // The parent may have gone while modules were still loading.
  if (process.connected === false) await drain()
  try {
    const environment = withSecretFiles(process.env)
    tracing = await openTracing(environment, name)
    app = await start(environment, tracing)
    const log = newLog(name, process.env['LOG_LEVEL'] || 'info')
    log.info({ url: app.url, version: appVersion }, 'ready')
  } catch (error) {
    process.stderr.write(`${name} cannot start: ${(error as Error).message}\n`)
    process.exit(1)
  }
}
