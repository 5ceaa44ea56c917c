import { unlessAborted } from '#core/unless-aborted'

/**
 * What a source gives, until the signal aborts: then it throws the signal's reason at once, also where the source would
 * never give anything again. The source is told to end, and is not waited for.
 */
export async function* heeding<T>(
  signal: AbortSignal | undefined,
  source: AsyncIterable<T> | Iterable<T>,
): AsyncGenerator<T, void, undefined> {
  if (!signal) {
    yield* source
    return
  }
  const given = iteratorOf(source)
  let isOver = false
  try {
    signal.throwIfAborted()
    for (;;) {
      const next = await unlessAborted(signal, Promise.resolve(given.next()))
      isOver = next.done === true
      if (next.done) return
      yield next.value
    }
  } catch (error) {
    // A source that threw has ended itself.
    isOver ||= !signal.aborted
    throw error
  } finally {
    if (!isOver) Promise.resolve(given.return?.()).catch(() => undefined)
  }
}

const iteratorOf = <T>(source: AsyncIterable<T> | Iterable<T>): AsyncIterator<T> | Iterator<T> =>
  Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
