import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'

import type { ServerUser } from '#compose/embedded/child'

/** Whom a server runs as that refuses to be root's: nobody; undefined where we are not root ourselves. */
export const serverUser = (): ServerUser | undefined =>
  process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined

const execute = { owner: 0o100, group: 0o010, others: 0o001 }

/** Whether the user may pass through every folder on the way to the path; of the path itself, too, if it is one. */
export const isReachable = async (
  path: string,
  { uid, gid }: ServerUser,
  statOf: typeof stat = stat,
): Promise<boolean> => {
  const { uid: owner, gid: group, mode } = await statOf(path)
  const bit = owner === uid ? execute.owner : group === gid ? execute.group : execute.others
  if ((mode & bit) === 0) return false
  const parent = dirname(path)
  return parent === path || isReachable(parent, { uid, gid }, statOf)
}
