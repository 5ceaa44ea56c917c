import type { Asked, Try } from '#tests/soak/debits/asked'
import type { Booked } from '#tests/soak/debits/booked'
import { accountWrongs, ledgerWrongs, type Shown } from '#tests/soak/debits/judge-accounts'
import { requestWrongs } from '#tests/soak/debits/judge-requests'

/** What was done on purpose, epoch milliseconds. */
export interface Strike {
  readonly what: string
  readonly atMs: number
  /** When all was as before again. */
  readonly untilMs: number
}

/** A verification of the books as it ended. */
export interface Verified {
  readonly when: string
  readonly code: number | null
  readonly text: string
}

/** What a run left behind. */
export interface Run {
  readonly asked: readonly Asked[]
  readonly booked: Booked
  /** By account. */
  readonly shown: ReadonlyMap<string, Shown>
  readonly strikes: readonly Strike[]
  readonly verified: readonly Verified[]
  /** An answer takes no longer, milliseconds. */
  readonly answerMsMax: number
}

/** The strike that takes connections along. */
export const edgeKill = 'kill -9 of the edge'
/** A connection breaks so long before and after what broke it, for clocks and sockets. */
const brokenMs = 500

/** What is wrong, as sentences; none where every promise was kept. */
export function judge(run: Run): string[] {
  const { asked, booked, shown, verified } = run
  return [
    ...requestWrongs(asked, booked),
    ...accountWrongs(asked, booked, shown),
    ...ledgerWrongs(booked),
    ...booked.deadLetters.map((letter) => `a dead letter: ${letter}`),
    ...asked.flatMap(({ id, tries, others }) =>
      [...tries, ...others].flatMap((one) => waitWrongs(run, id, one)),
    ),
    ...verified
      .filter(({ code }) => code !== 0)
      .map(({ when, code }) => `corrente debits verify ${when}: exit code ${code}`),
  ]
}

function waitWrongs({ strikes, answerMsMax }: Run, id: string, one: Try): string[] {
  const { sentMs, tookMs, status, text } = one
  const slow = `${id} waited ${Math.round(tookMs)} ms for its answer`
  if (status !== undefined) return tookMs > answerMsMax ? [slow] : []
  const isBroken = strikes.some(
    ({ what, atMs, untilMs }) =>
      what === edgeKill && sentMs + tookMs >= atMs - brokenMs && sentMs <= untilMs + brokenMs,
  )
  return isBroken ? [] : [`${id} was not answered while the edge was there: ${text}`]
}
