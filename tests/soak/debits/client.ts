import { Agent, request } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
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
const patientTries = 5
const pauseMs = 400
const pauseMsMax = 5_000

/** Of somebody who must be told what became of it. */
export const steadyTemper = steady

export function drawTemper(random: Random): Temper {
  const isIdle = random.next() < 0.15
  const isHasty = random.next() < 0.1
  const isRepeating = random.next() < 0.08
  return {
    triesMax: isIdle ? 1 : patientTries,
    hasteMs: isHasty ? random.whole(300, 2_500) : undefined,
    repeatMs: isRepeating ? random.whole(0, 15_000) : undefined,
    isReusing: random.next() < 0.3,
  }
}

/** Where requests go, and until when anybody asks again. */
export interface Counter {
  readonly url: string
  readonly closing: AbortSignal
}

/** Asks until it is told what was decided, or has lost patience. */
export async function ask(counter: Counter, asked: Asked, temper: Temper): Promise<void> {
  const { url, closing } = counter
  for (let tries = 1; tries <= triesMaxOf(asked, temper) && !closing.aborted; tries++) {
    if (tries > 1) await sleep(Math.min(pauseMsMax, pauseMs * 2 ** (tries - 2)))
    await tryHastily(url, asked, tries === 1 ? temper.hasteMs : undefined)
    if (isTold(asked)) break
  }
  if (temper.repeatMs === undefined || !isTold(asked) || closing.aborted) return
  await sleep(temper.repeatMs)
  asked.tries.push(await post(url, asked, asked.body))
  if (temper.isReusing && (asked.path === '/v1/debits' || asked.path === '/v1/credits')) {
    asked.others.push(await post(url, asked, { ...asked.body, text: 'another content' }))
  }
}

// Where a connection broke an answer may have been on its way: everybody asks again what it was.
const triesMaxOf = ({ tries }: Asked, { triesMax }: Temper) =>
  tries.at(-1)?.status === undefined ? Math.max(triesMax, patientTries) : triesMax

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

// Sockets that lie idle go before the edge would close them, so that none breaks by that.
const agent = new Agent({ keepAlive: true, timeout: 3_000 })

function post(url: string, { path, id }: Asked, body: object): Promise<Try> {
  const sentMs = Date.now()
  const begun = performance.now()
  const text = JSON.stringify(body)
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'idempotency-key': id,
  }
  return new Promise((resolve) => {
    const done = (status: number | undefined, told: string) =>
      resolve({ sentMs, tookMs: performance.now() - begun, status, text: told })
    const fail = (error: Error) => done(undefined, error.message)
    const signal = AbortSignal.timeout(waitMsMax)
    const asking = request(url + path, { method: 'POST', agent, headers, signal }, (answer) => {
      textOf(answer).then((told) => done(answer.statusCode, told), fail)
    })
    asking.on('error', fail)
    asking.end(text)
  })
}
