const bytesMin = 1_048_576

/** Bytes put behind one another, in a buffer that is taken over and grows: what printed one piece prints the next. */
export class GrowingBytes {
  #all: Uint8Array<ArrayBuffer>
  #end = 0

  constructor(into = new ArrayBuffer(0)) {
    this.#all = new Uint8Array(into)
  }

  add(part: Uint8Array): void {
    const end = this.#end + part.length
    if (end > this.#all.length) this.#grow(end)
    this.#all.set(part, this.#end)
    this.#end = end
  }

  /** What was added, where it lies: the first of the bytes of its buffer. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#all.subarray(0, this.#end)
  }

  #grow(end: number): void {
    const larger = new Uint8Array(Math.max(bytesMin, end, 2 * this.#all.length))
    larger.set(this.bytes)
    this.#all = larger
  }
}
