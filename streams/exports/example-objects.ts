import { createHash } from 'node:crypto'
import type { ByteRange, ObjectStore, StoredObject } from '#ports/object-store'

type Used = Pick<
  ObjectStore,
  'put' | 'get' | 'head' | 'delete' | 'deletePrefix' | 'list' | 'compose'
>

/** An object store in memory, for steps that are tried alone. */
export function exampleObjects() {
  const objects = new Map<string, Buffer>()
  const factsOf = (key: string): StoredObject => {
    const bytes = objects.get(key)!
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const told = { contentType: 'application/octet-stream', storedAt: '2026-01-15T09:00:00Z' }
    return { key, bytes: bytes.length, sha256, etag: `"${sha256}"`, ...told }
  }
  const keysBelow = (prefix: string) => [...objects.keys()].filter((key) => key.startsWith(prefix))
  const store: Used = {
    async put(key, body) {
      objects.set(key, Buffer.concat(body instanceof Uint8Array ? [body] : await all(body)))
      return factsOf(key)
    },
    async get(key, range: ByteRange = { from: 0 }) {
      const bytes = objects.get(key)?.subarray(range.from, range.to)
      return bytes && { object: factsOf(key), body: inTwo(bytes) }
    },
    head: async (key) => (objects.has(key) ? factsOf(key) : undefined),
    delete: async (key) => void objects.delete(key),
    async deletePrefix(prefix) {
      const keys = keysBelow(prefix)
      for (const key of keys) objects.delete(key)
      return keys.length
    },
    async *list(prefix) {
      for (const key of keysBelow(prefix).sort()) yield factsOf(key)
    },
    async compose(key, parts) {
      const bytes = parts.map((part) =>
        part instanceof Uint8Array ? part : objects.get(part.key)!,
      )
      objects.set(key, Buffer.concat(bytes))
      return factsOf(key)
    },
  }
  return { objects, store: store as ObjectStore }
}

async function all(body: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const parts = []
  for await (const part of body) parts.push(part)
  return parts
}

async function* inTwo(bytes: Buffer): AsyncIterable<Uint8Array> {
  const half = bytes.length >> 1
  yield bytes.subarray(0, half)
  yield bytes.subarray(half)
}
