import type { Type } from 'avsc'
import { avroReaderOf } from '#apps/ksql-standin/load/avro-reader'
import { UnstorableError } from '#apps/ksql-standin/load/unstorable'
import type { SchemaDirectory } from '#apps/ksql-standin/load/schema-directory'

/** How long "no such schema" is believed, milliseconds. */
const absentMsMax = 60_000

/** The schemas that records were written with, by their ids. */
export class WriterSchemas {
  readonly #directory: SchemaDirectory
  readonly #known = new Map<number, Type>()
  readonly #unusable = new Map<number, { readonly reason: string; readonly untilMs: number }>()

  constructor(directory: SchemaDirectory) {
    this.#directory = directory
  }

  /** Learns those of the values. Throws RegistryUnreachableError: then nothing is known. */
  async prepare(values: Iterable<Buffer | null>): Promise<void> {
    const ids = new Set<number>()
    for (const bytes of values) {
      const id = bytes === null ? undefined : schemaIdOf(bytes)
      if (id !== undefined) ids.add(id)
    }
    await Promise.all([...ids].map((id) => this.#learn(id)))
  }

  async #learn(id: number): Promise<void> {
    if (this.#known.has(id)) return
    if ((this.#unusable.get(id)?.untilMs ?? 0) > performance.now()) return
    const schema = await this.#directory.byId(id)
    const refuse = (reason: string) =>
      void this.#unusable.set(id, { reason, untilMs: performance.now() + absentMsMax })
    if (!schema) return refuse(`the registry does not know schema ${id}`)
    try {
      this.#known.set(id, avroReaderOf(schema))
    } catch (error) {
      refuse(`schema ${id} cannot be used: ${(error as Error).message}`)
    }
  }

  /** The value in the bytes. Throws UnstorableError. */
  read(bytes: Buffer): unknown {
    const id = schemaIdOf(bytes)
    if (id === undefined) throw new UnstorableError('a value that no registered schema wrote')
    const type = this.#known.get(id)
    if (!type) {
      throw new UnstorableError(this.#unusable.get(id)?.reason ?? `schema ${id} is not known here`)
    }
    try {
      return type.fromBuffer(bytes.subarray(headerBytes))
    } catch {
      throw new UnstorableError(`a value that schema ${id} did not write`)
    }
  }
}

const headerBytes = 5

const schemaIdOf = (bytes: Buffer): number | undefined =>
  bytes.length >= headerBytes && bytes[0] === 0 ? bytes.readUInt32BE(1) : undefined
