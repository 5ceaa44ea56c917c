import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A place among the processes of one unit: it names the static member and the transactional id. */
export interface Slot {
  readonly name: string
  release(): void
}

interface SlotOptions {
  /** `CORRENTE_SLOT`: given by whoever starts the processes; must be unique among those alive. */
  readonly given: string | undefined
  /** Where lock files live when nobody gave a slot. */
  readonly directory: string
}

const slotsMax = 64
/** Two processes may take over the same stale file; the one that wrote last has it after this pause. */
const settleMs = 100

/** The given slot, else the ordinal of a StatefulSet's pod, else the lowest free lock file. */
export async function takeSlot({ given, directory }: SlotOptions): Promise<Slot> {
  const named =
    given ?? /-(\d+)$/.exec(process.env['KUBERNETES_SERVICE_HOST'] ? hostname() : '')?.[1]
  if (named !== undefined) return { name: named, release: () => undefined }
  mkdirSync(directory, { recursive: true })
  for (let slot = 0; slot < slotsMax; slot++) {
    const path = join(directory, `${slot}.lock`)
    if (isHeld(path)) continue
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, String(process.pid))
    renameSync(draft, path)
    await sleep(settleMs)
    if (holderOf(path) === process.pid) {
      return { name: String(slot), release: () => rmSync(path, { force: true }) }
    }
  }
  throw new Error(`all ${slotsMax} slots in ${directory} are taken: set CORRENTE_SLOT`)
}

const holderOf = (path: string): number | undefined => {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

const isHeld = (path: string): boolean => {
  const holder = holderOf(path)
  if (holder === undefined || !(holder > 0) || holder === process.pid) return false
  try {
    process.kill(holder, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
