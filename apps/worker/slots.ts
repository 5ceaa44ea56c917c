import { hostname } from 'node:os'
import { join } from 'node:path'
import { tryLock } from '#compose/embedded/lock'

/** A place among the processes of one unit: it names the static member and the transactional id. */
export interface Slot {
  readonly name: string
  release(): Promise<void>
}

interface SlotOptions {
  /** `CORRENTE_SLOT`: given by whoever starts the processes; must be unique among those alive. */
  readonly given: string | undefined
  /** Where lock files live when nobody gave a slot. */
  readonly directory: string
}

const slotsMax = 64

/** The given slot, else the ordinal of a StatefulSet's pod, else the lowest free lock file. */
export async function takeSlot({ given, directory }: SlotOptions): Promise<Slot> {
  const named =
    given ?? /-(\d+)$/.exec(process.env['KUBERNETES_SERVICE_HOST'] ? hostname() : '')?.[1]
  if (named !== undefined) return { name: named, release: async () => undefined }
  for (let slot = 0; slot < slotsMax; slot++) {
    const held = await tryLock(join(directory, `${slot}.lock`))
    if (held) return { name: String(slot), release: () => held.release() }
  }
  throw new Error(`all ${slotsMax} slots in ${directory} are taken: set CORRENTE_SLOT`)
}
