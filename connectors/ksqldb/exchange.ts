import { KsqlUnavailable } from '#connectors/ksqldb/errors'
import type { Transport, TransportAnswer, TransportRequest } from '#connectors/ksqldb/transport'

interface ExchangeOptions {
  readonly transport: Transport
  readonly signal?: AbortSignal | undefined
}

/**
 * One request and its answer, which is broken off at the server by `end`, by the caller's signal, and by a time limit.
 * Rejects with the signal's reason, or KsqlUnavailable: the connection's own error may name what is secret.
 */
export class Exchange {
  readonly #transport: Transport
  readonly #breaking = new AbortController()
  readonly #given: AbortSignal | undefined
  readonly #onAbort: () => void

  constructor({ transport, signal }: ExchangeOptions) {
    this.#transport = transport
    this.#given = signal
    this.#onAbort = () => this.#breaking.abort(signal?.reason)
    signal?.addEventListener('abort', this.#onAbort, { once: true })
    if (signal?.aborted) this.#onAbort()
  }

  send(request: Omit<TransportRequest, 'signal'>, limitMs: number): Promise<TransportAnswer> {
    const { signal } = this.#breaking
    // A connection that is being made for several requests hears no signal.
    const broken = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    })
    return this.#within(limitMs, () =>
      Promise.race([broken, this.#transport.send({ ...request, signal })]),
    )
  }

  /** The next piece of the body; undefined at its end. */
  async next(chunks: AsyncIterator<Buffer>, limitMs: number): Promise<Buffer | undefined> {
    const next = await this.#within(limitMs, () => chunks.next())
    return next.done ? undefined : next.value
  }

  /** Whatever is still on its way is told that nobody waits any more. */
  end(): void {
    this.#given?.removeEventListener('abort', this.#onAbort)
    this.#breaking.abort(new KsqlUnavailable('the exchange is over'))
  }

  async #within<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
    const late = new KsqlUnavailable('ksqlDB gave nothing in time')
    const timer = setTimeout(() => this.#breaking.abort(late), Math.max(limitMs, 0))
    try {
      this.#breaking.signal.throwIfAborted()
      return await work()
    } catch (error) {
      this.#breaking.signal.throwIfAborted()
      const { code, name }: NodeJS.ErrnoException = error as Error
      throw new KsqlUnavailable(`ksqlDB gave no whole answer (${code ?? name})`)
    } finally {
      clearTimeout(timer)
    }
  }
}
