import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, EdgeClient, Sending } from '#apps/corrente/demo-debits/edge-client'

/** How a caller goes on until it knows what became of a request. */
export interface Settling {
  readonly client: Pick<EdgeClient, 'send'>
  /** How long the edge waits for a decision, milliseconds. */
  readonly deadlineMs: number
  /** Told of every answer, also of those that settle nothing. */
  readonly onAnswer: (answer: Answer) => void
  readonly signal: AbortSignal
  /** First pause before it asks again, milliseconds; each is twice the one before, up to some seconds. */
  readonly pauseMs?: number
  /** How long it asks again, milliseconds. */
  readonly patienceMs?: number
}

const pauseMsMax = 4_000

/**
 * Asks, and asks again under the same id where nobody was there to decide (91), nothing came in time (68), or no answer
 * came at all. Undefined where that goes on for too long; rejects at an abort.
 */
export async function settled(sending: Sending, settling: Settling): Promise<Answer | undefined> {
  const { client, deadlineMs, onAnswer, signal, pauseMs = 500, patienceMs = 90_000 } = settling
  const giveUpAt = performance.now() + patienceMs
  // All at once, and soon, they would keep busy whoever is just coming back.
  const longer = (waitMs: number) => Math.min(2 * waitMs, pauseMsMax)
  for (let waitMs = pauseMs; performance.now() < giveUpAt; waitMs = longer(waitMs)) {
    signal.throwIfAborted()
    const answer = await client.send(sending)
    onAnswer(answer)
    if (isDecision(answer, deadlineMs)) return answer
    await sleep(waitMs, undefined, { signal })
  }
  return undefined
}

// "Too late" that comes long before the deadline was waited for by nobody: it was decided so, once and for all.
const isDecision = ({ code, ms }: Answer, deadlineMs: number): boolean =>
  code === '68' ? ms < deadlineMs / 2 : code !== '91' && code !== 'none' && !code.startsWith('HTTP')
