import type { Log } from '#core/log'

/** What waits, and for what: an operator reads it in /status. */
export interface Waits {
  /** Told why something waits, and `undefined` once it goes on; a reason is logged when it is new. */
  note(what: string, reason: string | undefined): void
  sentences(): readonly string[]
}

export function newWaits(log: Pick<Log, 'warn'>): Waits {
  const reasons = new Map<string, string>()
  return {
    note(what, reason) {
      if (reason === undefined) return void reasons.delete(what)
      if (reasons.get(what) !== reason) log.warn({ what, reason }, 'waits')
      reasons.set(what, reason)
    },
    sentences: () => [...reasons].map(([what, reason]) => `${what} waits: ${reason}`),
  }
}
