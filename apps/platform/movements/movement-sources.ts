import { resolve } from 'node:path'
import { z } from 'zod'
import { csvFolder } from '#apps/platform/movements/csv-folder'
import { parsed } from '#apps/platform/settings'
import type { Movements, MovementsOf } from '#ports/movements'

/** The sources of movements of an installation, by the names that requests call them. */
export interface MovementSources {
  readonly names: readonly string[]
  readonly of: MovementsOf
}

const Environment = z.object({ CORRENTE_MOVEMENTS_DIR: z.string() })

/** The API and the worker are told the same: what one takes, the other reads. Throws SettingsError. */
export function movementSources(
  env: Readonly<Record<string, string | undefined>>,
): MovementSources {
  const { CORRENTE_MOVEMENTS_DIR: folder } = parsed(Environment, env)
  const sources = new Map<string, Movements>([['csv', csvFolder(resolve(folder))]])
  return { names: [...sources.keys()], of: (name) => sources.get(name) }
}
