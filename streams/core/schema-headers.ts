const headerBytes = 5

/**
 * The writers' schemas that rows name in their first five bytes. A row is read long after it was written, without a
 * moment to ask the registry: what its schema is must be known before.
 */
export class SchemaHeaders {
  readonly #ids = new Set<number>()

  note(bytes: Buffer | null): void {
    if (bytes && bytes.length >= headerBytes && bytes[0] === 0) this.#ids.add(bytes.readUInt32BE(1))
  }

  get size(): number {
    return this.#ids.size
  }

  /** One header for each, the way records begin. */
  headers(): Buffer[] {
    return [...this.#ids].map((id) => {
      const header = Buffer.alloc(headerBytes)
      header.writeUInt32BE(id, 1)
      return header
    })
  }

  /** As text to keep, and back. */
  text(): string {
    return JSON.stringify([...this.#ids])
  }

  learn(text: string): void {
    for (const id of JSON.parse(text) as number[]) this.#ids.add(id)
  }
}
