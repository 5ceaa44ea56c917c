import { z } from 'zod'
import { DatabaseUrl } from '#apps/platform/database-url'
import { Port } from '#apps/platform/port'
import { parsed } from '#apps/platform/settings'

/** What a projector is told by its environment. */
export interface ProjectorSettings {
  readonly port: number
  readonly host: string
  /** `postgres://…`; may hold a password. */
  readonly databaseUrl: string
}

/** Throws SettingsError. */
export function projectorSettings(
  env: Readonly<Record<string, string | undefined>>,
  defaultPort: number,
): ProjectorSettings {
  const Environment = z.object({
    PORT: Port.default(defaultPort),
    HOST: z.string().default('127.0.0.1'),
    DATABASE_URL: DatabaseUrl,
  })
  const { PORT: port, HOST: host, DATABASE_URL: databaseUrl } = parsed(Environment, env)
  return { port, host, databaseUrl }
}
