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

const shape = /^([a-z0-9][a-z0-9-]{0,39}):(.+)$/

const Folders = z
  .string()
  .transform((text) => text.split(',').map((part) => shape.exec(part.trim()) ?? []))
  .refine((parts) => parts.every(({ length }) => length > 0), {
    error: 'must be <source>:<folder>,…',
    abort: true,
  })
  .transform((parts) => parts.map(([, name, folder]) => ({ name: name!, folder: folder! })))
  .refine((folders) => new Set(folders.map(({ name }) => name)).size === folders.length, {
    error: 'names two sources alike',
  })

const Environment = z.object({ EXPORTS_CSV_FOLDERS: Folders })

/** The API and the worker are told the same: what one takes, the other reads. Throws SettingsError. */
export function movementSources(
  env: Readonly<Record<string, string | undefined>>,
): MovementSources {
  const { EXPORTS_CSV_FOLDERS: folders } = parsed(Environment, env)
  const sources = new Map<string, Movements>(
    folders.map(({ name, folder }) => [name, csvFolder(resolve(folder))]),
  )
  return { names: [...sources.keys()], of: (name) => sources.get(name) }
}
