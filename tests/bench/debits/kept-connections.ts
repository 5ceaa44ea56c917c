import { connect, type Socket } from 'node:net'
import { answerIn, type HttpAnswer } from '#tests/bench/debits/http-answer'

interface Post {
  readonly path: string
  /** Lines of the head, each with its end. */
  readonly headers: string
  readonly body: string
}

/** Told the answer, or by what the connection was lost before. */
type OnAnswer = (answer: HttpAnswer | undefined, lostBy?: string) => void

/** Less than a server of Node keeps a connection that says nothing: else it may close one that is just being used. */
const idleMsMax = 2_000

/** Connections to a server on this machine, kept for the next request; there is one more wherever none is free. */
export class KeptConnections {
  readonly #port: number
  readonly #free: Connection[] = []
  readonly #all = new Set<Connection>()

  constructor(port: number) {
    this.#port = port
  }

  /** Sends at once. */
  post(post: Post, onAnswer: OnAnswer): void {
    const connection = this.#free.pop() ?? this.#opened()
    connection.post(post, onAnswer)
  }

  /** Closes those nobody has used for a while. */
  closeIdle(): void {
    // Whoever was used last is used first: the others are at the beginning.
    while ((this.#free[0]?.freeMs ?? 0) > idleMsMax) this.#free.shift()!.close()
  }

  /** Closes all; whoever waits for an answer is told of an end. */
  close(): void {
    for (const connection of this.#all) connection.close()
  }

  #opened(): Connection {
    const connection = new Connection(this.#port, {
      onFree: () => this.#free.push(connection),
      onClose: () => {
        this.#all.delete(connection)
        const at = this.#free.indexOf(connection)
        if (at >= 0) this.#free.splice(at, 1)
      },
    })
    this.#all.add(connection)
    return connection
  }
}

interface Events {
  readonly onFree: () => void
  readonly onClose: () => void
}

class Connection {
  readonly #socket: Socket
  #onAnswer: OnAnswer | undefined
  #text = ''
  #freeSinceMs = 0
  #lostBy = 'an end'

  constructor(port: number, { onFree, onClose }: Events) {
    this.#socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1')
    this.#socket.on('error', ({ message }) => (this.#lostBy = message))
    this.#socket.on('close', () => {
      onClose()
      this.#answered(undefined)
    })
    this.#socket.on('data', (chunk: unknown) => {
      this.#text += String(chunk)
      const answer = answerIn(this.#text)
      if (!answer) return
      this.#text = ''
      this.#freeSinceMs = performance.now()
      onFree()
      this.#answered(answer)
    })
  }

  get freeMs(): number {
    return performance.now() - this.#freeSinceMs
  }

  post({ path, headers, body }: Post, onAnswer: OnAnswer): void {
    this.#onAnswer = onAnswer
    this.#socket.write(
      `POST ${path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n${headers}` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
  }

  close(): void {
    this.#socket.destroy()
  }

  #answered(answer: HttpAnswer | undefined): void {
    const onAnswer = this.#onAnswer
    this.#onAnswer = undefined
    onAnswer?.(answer, answer ? undefined : this.#lostBy)
  }
}
