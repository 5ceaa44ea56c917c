import type { BadDay, S3Sandbox, SandboxRequest } from '#connectors/object-store-s3/sandbox'
import type { Killable } from '#tests/killable'

/** A request to the object store. */
export type Meant = (request: SandboxRequest) => boolean

/** A request by its method, the end of its key, and a word of its query. */
export const asking =
  (method: string, key: RegExp, word?: string): Meant =>
  (request) =>
    request.method === method &&
    key.test(request.key) &&
    (word === undefined || request.query.has(word))

/** An instant at which a worker is killed: once its request was done and before it is answered, or before it is done. */
export interface Instant {
  readonly what: string
  readonly when: 'done' | 'asked'
  readonly isMeant: Meant
}

const done = (what: string, ...asked: Parameters<typeof asking>): Instant => {
  return { what, when: 'done', isMeant: asking(...asked) }
}

/** Something of an export is stored, or deleted, and nobody has committed that it is. */
export const stored = {
  movements: done('the movements are stored', 'PUT', /movements\.csv$/),
  plan: done('the plan is stored', 'PUT', /plan\.json$/),
  piece: done('a piece is stored', 'PUT', /segments\/0000002$/),
  index: done('the index of a piece is stored', 'PUT', /indexes\/0000002$/),
  ending: done('the ending is stored', 'PUT', /ending$/),
  begun: done('an archive is begun', 'POST', /archive\.zip$/, 'uploads'),
  archive: done('the archive is whole', 'POST', /archive\.zip$/, 'uploadId'),
  nothing: done('all is deleted', 'POST', /^$/, 'delete'),
} as const

/** At the first request that the next worker makes. */
export const beginning: Instant = { what: 'it begins again', when: 'asked', isMeant: () => true }

/**
 * Kills a worker with -9 at each of the instants in turn, and has another one begin at once. What could not be done any more
 * stays undone.
 */
export function killingAt(sandbox: S3Sandbox, worker: Killable, instants: readonly Instant[]) {
  const left = [...instants]
  let isStriking = false
  const strike = async (when: Instant['when'], request: SandboxRequest): Promise<boolean> => {
    // The one that is being killed still asks.
    if (isStriking) return true
    if (left[0]?.when !== when || !left[0].isMeant(request)) return false
    left.shift()
    isStriking = true
    await worker.kill()
    isStriking = false
    worker.begin()
    return true
  }
  sandbox.badDay = async (request) => ((await strike('asked', request)) ? 'hang' : undefined)
  sandbox.onDone = async (request) => void (await strike('done', request))
  return {
    /** What was not met yet. */
    left: () => left.map(({ what }) => what),
    end() {
      sandbox.badDay = () => undefined
      sandbox.onDone = () => undefined
    },
  }
}

/** What the store does to requests that are meant. */
export interface Fault {
  /** The unit that meets it. */
  readonly unit: string
  readonly isMeant: Meant
  readonly badDay: BadDay
}

/** The store has one fault after the other, each until `next` is called. */
export function faultyStore(sandbox: S3Sandbox, faults: readonly Fault[]) {
  const left = [...faults]
  let met = 0
  const hanging: (() => void)[] = []
  sandbox.badDay = async (request) => {
    const [fault] = left
    if (!fault?.isMeant(request)) return undefined
    met += 1
    if (fault.badDay !== 'hang') return fault.badDay
    // It is silent until it is well again, and has lost the request then.
    await new Promise<void>((resolve) => hanging.push(resolve))
    return 'lost'
  }
  return {
    /** How many requests met the fault that it has. */
    met: () => met,
    next() {
      left.shift()
      met = 0
      for (const release of hanging.splice(0)) release()
    },
  }
}
