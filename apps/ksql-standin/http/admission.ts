import { Refusal } from '#apps/ksql-standin/http/reply'
import { errorCodes, genericError } from '#apps/ksql-standin/sql/ksql-error'

/** Lets so many queries in at a time. */
export interface Admission {
  /** Answers how to end it. Throws Refusal where there are too many. */
  admit(isScan: boolean): () => void
}

interface Limits {
  /** Queries at a time, those that wait for a connection among them. */
  readonly queriesMax: number
  /** Scans at a time: each keeps a connection for as long as its client takes. */
  readonly scansMax: number
}

export function newAdmission({ queriesMax, scansMax }: Limits): Admission {
  let queries = 0
  let scans = 0
  return {
    admit(isScan) {
      if (queries >= queriesMax || (isScan && scans >= scansMax)) {
        const what = queries >= queriesMax ? `${queriesMax} queries` : `${scansMax} scans`
        throw new Refusal(genericError(`${what} run already`, errorCodes.server), false)
      }
      queries += 1
      scans += isScan ? 1 : 0
      return () => {
        queries -= 1
        scans -= isScan ? 1 : 0
      }
    },
  }
}
