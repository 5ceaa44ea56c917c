import { isUtf8 } from 'node:buffer'
import { KsqlUnavailable } from '#connectors/ksqldb/errors'

const newline = 0x0a

/**
 * Lines out of chunks that are cut anywhere, also inside a character: they are parted as bytes, and a line becomes
 * text only when it is whole. Throws KsqlUnavailable for what is no UTF-8 and for a line that does not end.
 */
export class Lines {
  readonly #bytesMax: number
  /** The beginning of the line that is not whole yet. */
  #begun: Buffer[] = []
  #begunBytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** The lines that are whole with this chunk, without what ends them. */
  push(chunk: Buffer): string[] {
    const lines: string[] = []
    let from = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      lines.push(this.#whole(chunk.subarray(from, end)))
      from = end + 1
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from))
    return lines
  }

  /** What came behind the last line. */
  rest(): string {
    return this.#whole(Buffer.alloc(0))
  }

  #keep(piece: Buffer): void {
    this.#begun.push(piece)
    this.#begunBytes += piece.length
    if (this.#begunBytes <= this.#bytesMax) return
    throw new KsqlUnavailable(`ksqlDB answered with a line of more than ${this.#bytesMax} bytes`)
  }

  #whole(piece: Buffer): string {
    const bytes = this.#begun.length === 0 ? piece : Buffer.concat([...this.#begun, piece])
    this.#begun = []
    this.#begunBytes = 0
    if (!isUtf8(bytes))
      throw new KsqlUnavailable('ksqlDB answered with something that is not UTF-8')
    return bytes.toString('utf8')
  }
}
