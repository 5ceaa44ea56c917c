import { setTimeout as sleep } from 'node:timers/promises'
import {
  type ExportsClient,
  isPassing,
  type ShownExport,
} from '#apps/corrente/exports/exports-client'

const endStates: readonly string[] = [
  'READY',
  'READY_WITH_ERRORS',
  'EXPIRED',
  'FAILED',
  'CANCELLED',
]

/** Whether nothing changes by itself any more. */
export const isEnd = ({ state }: Pick<ShownExport, 'state'>): boolean => endStates.includes(state)

/** Whether there is something to fetch. */
export const isReady = ({ state }: Pick<ShownExport, 'state'>): boolean =>
  state === 'READY' || state === 'READY_WITH_ERRORS'

interface Patience {
  readonly pauseMs: number
  /** So often in a row nothing is heard before it is given up. */
  readonly triesMax: number
}

const usual: Patience = { pauseMs: 2_000, triesMax: 60 }

/**
 * The request as it is, and each change, up to where nothing changes by itself. Goes on where the API was away for a while,
 * and asks now and then where it has no room for another listener.
 */
export async function* followExport(
  client: Pick<ExportsClient, 'events' | 'show'>,
  id: string,
  { pauseMs, triesMax }: Patience = usual,
): AsyncGenerator<ShownExport, undefined> {
  let last: ShownExport | undefined
  for (let tries = 1; ; tries += 1) {
    try {
      for await (const shown of untilEnd(client.events(id))) {
        tries = 0
        last = shown
        yield shown
      }
    } catch (error) {
      if (!isPassing(error) || tries >= triesMax) throw error
    }
    if (last && isEnd(last)) return undefined
    await sleep(pauseMs)
    const shown = await client.show(id).catch((error: unknown) => {
      if (!isPassing(error)) throw error
      return undefined
    })
    if (!shown) continue
    tries = 0
    yield shown
    if (isEnd(shown)) return undefined
  }
}

async function* untilEnd(told: AsyncIterable<ShownExport>): AsyncGenerator<ShownExport, undefined> {
  for await (const shown of told) {
    yield shown
    if (isEnd(shown)) return undefined
  }
  return undefined
}
