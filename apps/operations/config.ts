import { z } from 'zod'
import { Port } from '#apps/platform/port'
import { ProcessUrls } from '#apps/platform/process-urls'
import { parsed } from '#apps/platform/settings'

const Operations = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: Port.default(8_004),
  CORRENTE_PROCESSES: ProcessUrls.optional(),
})

/** What the status page is told by its environment. */
export interface OperationsConfig {
  readonly host: string
  readonly port: number
  /** Base URLs of the processes it asks for their status; itself is not one of them. */
  readonly processes: readonly string[]
}

/** Parses the environment; throws SettingsError naming every member that is wrong. */
export function operationsConfig(
  env: Readonly<Record<string, string | undefined>>,
): OperationsConfig {
  const { HOST: host, PORT: port, CORRENTE_PROCESSES: processes = [] } = parsed(Operations, env)
  return { host, port, processes }
}
