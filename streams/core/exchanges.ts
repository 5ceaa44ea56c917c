import { AsyncLocalStorage } from 'node:async_hooks'

/** What one side said to the other, as it is on the wire: persons and secrets are in it. */
export interface Said {
  /** Its media type, as its header has it. */
  readonly type: string | undefined
  readonly bytes: Uint8Array
}

/** One request over HTTP and what came of it. */
export interface Exchange {
  /** Who asked: we (`out`), or the other side (`in`). */
  readonly direction: 'out' | 'in'
  readonly method: string
  readonly url: string
  readonly startedAt: Date
  readonly ms: number
  /** Undefined where no answer came. */
  readonly status: number | undefined
  /** A code, where no answer came. */
  readonly error: string | undefined
  readonly request: Said | undefined
  readonly response: Said | undefined
}

/** Is told of an exchange once it is over; returns at once and never throws. */
export type NoteExchange = (exchange: Exchange) => void

const notes = new AsyncLocalStorage<NoteExchange>()

/** Does a piece of work; whoever is asked by an outgoing client meanwhile, and because of it, is noted. */
export const noting = <Done>(note: NoteExchange, work: () => Done): Done => notes.run(note, work)

/** Who is told of what is exchanged here and now; undefined where nobody is. */
export const noteHere = (): NoteExchange | undefined => notes.getStore()
