import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { startIdentityOf } from '#compose/embedded/pid-identity'

export interface LockOptions {
  readonly waitMsMax: number
  /** Told once, with the pid of the holder, when there is something to wait for. */
  readonly onWait?: (pid: number) => void
  /** Ends the waiting; the work itself is not cut short. */
  readonly signal?: AbortSignal | undefined
}

/** A lock file that is held by this caller. */
export interface HeldLock {
  release(): Promise<void>
}

/** Takes the lock file; undefined where somebody holds it. A lock whose holder is gone is taken over. */
export const tryLock = async (path: string): Promise<HeldLock | undefined> => {
  await mkdir(dirname(path), { recursive: true })
  const own = newHolder()
  if (!(await create(path, own))) {
    const content = await contentOf(path)
    if (content === undefined || !isStale(content)) return undefined
    if (!(await takeOver(path, content, own))) return undefined
  }
  return {
    release: async () => {
      if ((await contentOf(path)) === JSON.stringify(own)) await rm(path, { force: true })
    },
  }
}

/**
 * Runs `work` while holding the lock file; others wait. Throws when the holder does not finish in time, naming
 * the file and the pid, and at an abort.
 */
export const withLock = async <Result>(
  path: string,
  options: LockOptions,
  work: () => Promise<Result>,
): Promise<Result> => {
  const held = await awaitLock(path, options)
  try {
    return await work()
  } finally {
    await held.release()
  }
}

const awaitLock = async (
  path: string,
  { waitMsMax, onWait = () => {}, signal }: LockOptions,
): Promise<HeldLock> => {
  const deadline = Date.now() + waitMsMax
  let hasWaited = false
  for (;;) {
    signal?.throwIfAborted()
    const held = await tryLock(path)
    if (held) return held
    const holder = holderIn((await contentOf(path)) ?? '')
    if (Date.now() > deadline) {
      throw new Error(`${path} is held by pid ${holder?.pid}: wait for it to finish, or stop it`)
    }
    if (holder && !hasWaited) {
      hasWaited = true
      onWait(holder.pid)
    }
    await sleep(100)
  }
}

let lastTicket = 0

/** What the lock file holds; the ticket tells two holders inside one program apart. */
interface Holder {
  readonly pid: number
  readonly startIdentity: string
  readonly ticket: number
}

const newHolder = (): Holder => ({
  pid: process.pid,
  startIdentity: startIdentityOf(process.pid) ?? '',
  ticket: (lastTicket += 1),
})

// Linked whole: a file made in place would be empty for an instant, and look stale.
const create = async (path: string, own: Holder): Promise<boolean> => {
  const aside = `${path}.${own.pid}-${own.ticket}`
  await writeFile(aside, JSON.stringify(own))
  try {
    await link(aside, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    await rm(aside, { force: true })
  }
}

const isStale = (content: string): boolean => {
  const holder = holderIn(content)
  return holder === undefined || startIdentityOf(holder.pid) !== holder.startIdentity
}

// Two may judge the same lock stale, and the slower one then moves the quicker one's fresh lock away:
// it puts that back, and the quicker one looks again before it trusts what it took.
const takeOver = async (path: string, stale: string, own: Holder): Promise<boolean> => {
  const moved = `${path}.${own.pid}-${own.ticket}.stale`
  try {
    await rename(path, moved)
  } catch {
    return false
  }
  if ((await contentOf(moved)) !== stale) await link(moved, path).catch(() => {})
  await rm(moved, { force: true })
  if (!(await create(path, own))) return false
  await sleep(100)
  return (await contentOf(path)) === JSON.stringify(own)
}

const holderIn = (content: string): Holder | undefined => {
  try {
    const holder = JSON.parse(content) as Holder
    return Number.isInteger(holder.pid) ? holder : undefined
  } catch {
    return undefined
  }
}

const contentOf = async (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch(() => undefined)
