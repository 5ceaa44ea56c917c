export type Protocol = 'rest' | 'soap'
export type Side = 'ours' | 'bare'

/** Whose calls, and how many of them, are measured. */
export interface CallSpec {
  readonly protocol: Protocol
  readonly side: Side
  /** Where the server answers, on loopback. */
  readonly port: number
  readonly calls: number
}

/** What it comes to. */
export interface CallCost {
  /** CPU of a call, user and system, of all threads of the process. */
  readonly microseconds: number
}

/** Opens one debt after the other; the n-th call is about the n-th payment. */
export type Call = (n: number) => Promise<void>

/** Prepares so many calls to a server at this address. */
export type Calls = (url: string, count: number) => Promise<Call>
