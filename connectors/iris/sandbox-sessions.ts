import { randomUUID } from 'node:crypto'

/** One visit to the pay page. */
export interface Session {
  readonly iud: string
  readonly back: string
  readonly cancel: string
  readonly endsAt: number
}

/** Sessions end after some minutes, and do not survive a restart, as at real intermediaries. */
export interface Sessions {
  /** Opens another one, whatever is open; its token. */
  open(iud: string, back: string, cancel: string): string
  /** The session of a token; undefined where it is over. */
  get(token: string): Session | undefined
  /** The payer is on the page. */
  start(session: Session): void
  /** It was paid by, or left. */
  end(token: string): void
  /** Whether somebody is about to pay. */
  isStarted(iud: string): boolean
}

export const openSessions = (sessionMs: number, opened: (iud: string) => void): Sessions => {
  const sessions = new Map<string, Session>()
  const startedUntil = new Map<string, number>()
  const forget = (now: number): void => {
    // Oldest first, all equally long: those that are over stand in front.
    for (const [token, { endsAt }] of sessions) {
      if (endsAt >= now) break
      sessions.delete(token)
    }
  }
  return {
    open: (iud, back, cancel) => {
      const now = Date.now()
      forget(now)
      const token = randomUUID().replaceAll('-', '')
      sessions.set(token, { iud, back, cancel, endsAt: now + sessionMs })
      opened(iud)
      return token
    },
    get: (token) => {
      const session = sessions.get(token)
      return session && session.endsAt >= Date.now() ? session : undefined
    },
    start: ({ iud, endsAt }) => void startedUntil.set(iud, endsAt),
    end: (token) => {
      const session = sessions.get(token)
      sessions.delete(token)
      if (session) startedUntil.delete(session.iud)
    },
    isStarted: (iud) => (startedUntil.get(iud) ?? 0) >= Date.now(),
  }
}
