import { setTimeout as sleep } from 'node:timers/promises'
import type { Asked, Try } from '#tests/soak/debits/asked'
import { isDecided, toldOf } from '#tests/soak/debits/told'
import type { Random } from '#tests/soak/engine/random'

/** How a client goes about a request; drawn before it is sent, so that it does not depend on what comes of it. */
export interface Temper {
  /** How often it asks under one id where nothing was decided. */
  readonly triesMax: number
  /** It asks again beside the first try where that takes so long, milliseconds. */
  readonly hasteMs: number | undefined
  /** It asks once more so long after it was told what was decided, milliseconds. */
  readonly repeatMs: number | undefined
  /** It then uses the id for something else, too. */
  readonly isReusing: boolean
}

const steady: Temper = { triesMax: 40, hasteMs: undefined, repeatMs: undefined, isReusing: false }
/** Nobody is to be kept waiting that long: it is counted as no answer. */
const waitMsMax = 20_000
const pauseMs = 400
const pauseMsMax = 5_000

/** Of somebody who must be told what became of it. */
export const steadyTemper = steady

export function drawTemper(random: Random): Temper {
  const isIdle = random.next() < 0.15
  const isHasty = random.next() < 0.1
  const isRepeating = random.next() < 0.08
  return {
    triesMax: isIdle ? 1 : 5,
    hasteMs: isHasty ? random.whole(300, 2_500) : undefined,
    repeatMs: isRepeating ? random.whole(0, 15_000) : undefined,
    isReusing: random.next() < 0.3,
  }
}

/** Asks until it is told what was decided, or has lost patience. */
export async function ask(url: string, asked: Asked, temper: Temper): Promise<void> {
  for (let tries = 1; tries <= temper.triesMax; tries++) {
    if (tries > 1) await sleep(Math.min(pauseMsMax, pauseMs * 2 ** (tries - 2)))
    await tryHastily(url, asked, tries === 1 ? temper.hasteMs : undefined)
    if (isTold(asked)) break
  }
  if (temper.repeatMs === undefined || !isTold(asked)) return
  await sleep(temper.repeatMs)
  asked.tries.push(await post(url, asked, asked.body))
  if (temper.isReusing && (asked.path === '/v1/debits' || asked.path === '/v1/credits')) {
    asked.others.push(await post(url, asked, { ...asked.body, text: 'another content' }))
  }
}

const isTold = (asked: Asked) => asked.tries.some((one) => isDecided(toldOf(asked, one)))

async function tryHastily(url: string, asked: Asked, hasteMs: number | undefined): Promise<void> {
  const attempt = async () => void asked.tries.push(await post(url, asked, asked.body))
  const before = asked.tries.length
  const first = attempt()
  if (hasteMs === undefined) return first
  await Promise.race([first, sleep(hasteMs)])
  if (asked.tries.length === before) await attempt()
  await first
}

async function post(url: string, { path, id }: Asked, body: object): Promise<Try> {
  const sentMs = Date.now()
  const begun = performance.now()
  const done = (status: number | undefined, text: string): Try => {
    return { sentMs, tookMs: performance.now() - begun, status, text }
  }
  try {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(waitMsMax),
    })
    return done(answer.status, await answer.text())
  } catch (error) {
    const { message, cause } = error as Error
    return done(undefined, cause instanceof Error ? `${message}: ${cause.message}` : message)
  }
}
