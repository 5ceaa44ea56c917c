import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ExportsClient } from '#apps/corrente/exports/exports-client'
import { newRandom } from '#tests/soak/engine/random'
import type { Asked } from '#tests/soak/exports/asked'
import { ask, follow } from '#tests/soak/exports/client'
import { drawWish, type Wish } from '#tests/soak/exports/wishes'

interface Given {
  readonly client: ExportsClient
  readonly folder: string
  readonly perMinute: number
  readonly seed: number
}

/** Exports that are asked for all the time, each followed by a client of its own. */
export interface Load {
  readonly asked: readonly Asked[]
  /** Requests that were not even taken, as sentences. */
  readonly refused: readonly string[]
  /** Asks for nothing more. Resolves once every request that was made has ended. */
  stop(msMax: number): Promise<void>
  abandon(): void
}

/** So many requests are under way at once, at the most: the store is in memory. */
const openMax = 24

export function startLoad({ client, folder, perMinute, seed }: Given): Load {
  const random = newRandom(seed)
  const abandoning = new AbortController()
  const stopping = new AbortController()
  const asked: Asked[] = []
  const refused: string[] = []
  const wishes: Wish[] = []
  const open = new Set<Promise<void>>()
  const around = { client, folder, signal: abandoning.signal }
  const one = async (wish: Wish) => {
    const made = await ask(wish, randomUUID(), around)
    asked.push(made)
    await follow(made, around)
  }
  const asking = async () => {
    while (!stopping.signal.aborted) {
      if (open.size < openMax) {
        const wish = drawWish(random, wishes)
        wishes.push(wish)
        const following: Promise<void> = one(wish).finally(() => open.delete(following))
        open.add(following)
        following.catch((error: Error) => {
          if (!abandoning.signal.aborted) refused.push(error.message)
        })
      }
      await sleep((60_000 / perMinute) * (0.5 + random.next()))
    }
  }
  const running = asking()
  return {
    asked,
    refused,
    async stop(msMax) {
      stopping.abort()
      await running
      const timer = setTimeout(() => abandoning.abort(), msMax)
      await Promise.allSettled(open)
      clearTimeout(timer)
    },
    abandon() {
      stopping.abort()
      abandoning.abort()
    },
  }
}
