import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder everybody can reach; what lies in it survives a restart of the machine where it can. */
export const openPlace = (): string => (existsSync('/var/tmp') ? '/var/tmp' : tmpdir())

/** A folder of its own in that place for what cannot lie below the given one. */
export const placeFor = (name: string, folder: string, place: string = openPlace()): string => {
  const hash = createHash('sha256').update(folder).digest('hex')
  return join(place, `corrente-${name}-${hash.slice(0, 16)}`)
}
