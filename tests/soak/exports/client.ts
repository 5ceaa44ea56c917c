import { setTimeout as sleep } from 'node:timers/promises'
import {
  type ExportsClient,
  RefusedError,
  type ShownExport,
} from '#apps/corrente/exports/exports-client'
import { type Asked, hasEnded } from '#tests/soak/exports/asked'
import { fetchArchive, WrongArchiveError } from '#tests/soak/exports/fetched'
import type { Wish } from '#tests/soak/exports/wishes'

interface Surroundings {
  readonly client: ExportsClient
  /** Where archives are put to be looked at. */
  readonly folder: string
  /** Nothing is tried any more. */
  readonly signal: AbortSignal
}

const pauseMs = 400

/** Does what may be in vain until it is done: what is away comes back. A refusal is an answer. */
async function patiently<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    signal.throwIfAborted()
    try {
      return await ask()
    } catch (error) {
      if (error instanceof RefusedError && error.status < 500 && error.status !== 429) throw error
      await sleep(pauseMs)
    }
  }
}

/** Asks for an export, as often as it takes, under one key. */
export async function ask(wish: Wish, key: string, around: Surroundings): Promise<Asked> {
  const { client, signal } = around
  const { tenant, name } = wish.batch
  const body = {
    ...{ tenant_id: tenant, source: 'csv', batch_id: name, output: 'PDF', template: 'receipt@1' },
    ...{ language: wish.language, lifetime_minutes: wish.lifetimeMinutes },
  }
  const send = () => patiently(signal, () => client.request(body, key))
  const ids = new Set(await Promise.all(wish.isAskedTwice ? [send(), send()] : [send()]))
  const [id] = ids
  return { id: id!, wish, ids, states: [], wrongs: [], isGivenUp: false, fetched: undefined }
}

/** Follows a request until it has ended, gives it up where it wishes so, and fetches what came of it. */
export async function follow(asked: Asked, around: Surroundings): Promise<void> {
  const { client, signal } = around
  const { givenUpAfterMs = Infinity } = asked.wish
  const beganMs = performance.now()
  for (;;) {
    if (!asked.isGivenUp && performance.now() - beganMs >= givenUpAfterMs) {
      asked.isGivenUp = true
      // It may be over already.
      await patiently(signal, () => client.cancel(asked.id)).catch(unlessAborted(signal))
    }
    const shown = await shownOf(asked, around)
    const state = shown?.state ?? 'gone'
    if (state !== asked.states.at(-1)) asked.states.push(state)
    const isToFetch = shown?.result && !asked.fetched && !asked.isGivenUp
    if (isToFetch) await fetchOf(asked, shown, around)
    const isLeft = isToFetch && !asked.fetched && asked.wrongs.length === 0
    const isToGiveUp = givenUpAfterMs !== Infinity && !asked.isGivenUp
    if (hasEnded(asked) && !isLeft && !isToGiveUp) return
    await sleep(pauseMs)
  }
}

async function fetchOf(asked: Asked, { result }: ShownExport, around: Surroundings): Promise<void> {
  const { client, folder, signal } = around
  try {
    const link = await patiently(signal, () => client.link(asked.id))
    asked.fetched = await fetchArchive(link, { folder, id: asked.id, sha256: result!.sha256 })
  } catch (error) {
    signal.throwIfAborted()
    // Whatever else kept it from coming whole, it is asked for again as long as it can be.
    if (error instanceof WrongArchiveError) asked.wrongs.push(error.message)
  }
}

const unlessAborted = (signal: AbortSignal) => () => signal.throwIfAborted()

/** Undefined where nothing is kept of it any more. */
async function shownOf(
  { id }: Asked,
  { client, signal }: Surroundings,
): Promise<ShownExport | undefined> {
  try {
    return await patiently(signal, () => client.show(id))
  } catch (error) {
    if (error instanceof RefusedError && [404, 410].includes(error.status)) return undefined
    throw error
  }
}
