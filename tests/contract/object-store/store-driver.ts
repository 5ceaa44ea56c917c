import { createHash, randomUUID } from 'node:crypto'
import { expect, onTestFinished } from 'vitest'
import type { ObjectStore } from '#ports/object-store'

/** What a place may be known not to do as S3 does, by the word for it in `S3_LACKS`. */
export const lackings = {
  conditions: 'writes only where there is none',
  copies: 'copies parts',
  uploads: 'lists uploads',
  ages: 'tells when an upload was begun',
  order: 'lists keys in the order of their bytes',
  replacements: 'replaces an object at once',
  'empty-ranges': 'answers to a range of nothing',
  signatures: 'refuses every link that was changed',
  expiry: 'refuses links that are over',
} as const
export type Lacking = keyof typeof lackings

/** What a driver is held against. */
export interface StoreDriver {
  /** A store on a place that others may use, too; opened once. */
  readonly store: ObjectStore
  /** Begins an object as a writer does that is killed before its end. */
  begin(key: string): Promise<void>
  /** So many milliseconds pass for whoever judges links. */
  pass(ms: number): Promise<void>
  /** The time by which links are judged, milliseconds since 1970. */
  now(): number
  /** What this place does not do, and so is not asked for. */
  readonly lacks: ReadonlySet<Lacking>
}

/** Tests get the driver once it is open. */
export type Opened = () => StoreDriver

/** Skips a test of what this place is known not to do, and says so. */
export function needs(opened: Opened, skip: (note: string) => void, ...all: Lacking[]): void {
  const { lacks } = opened()
  const what = all.find((one) => lacks.has(one))
  if (what) skip(`this place is said to be none that ${lackings[what]}`)
}

/** Nothing was begun below a folder that is not finished, as far as this place can tell. */
export async function expectNothingBegun(opened: Opened, folder: string): Promise<void> {
  const { store, lacks } = opened()
  if (!lacks.has('uploads')) expect(await begunIn(store, folder)).toEqual([])
}

/** A folder of the test's own, removed with it; it ends with a slash. */
export function ownFolder(opened: Opened): string {
  const folder = `contract/${randomUUID()}/`
  onTestFinished(async () => void (await opened().store.deletePrefix(folder)))
  return folder
}

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/** Bytes that differ from one place to the next, and from one seed to the other. */
export function bytesOf(length: number, seed = 1): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  for (let at = 0, state = seed; at < length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    bytes[at] = state >> 16
  }
  return bytes
}

/** A body in pieces. */
export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export async function bytesIn(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The bytes of an object that must be there. */
export async function read(store: ObjectStore, key: string): Promise<Buffer> {
  const found = await store.get(key)
  if (!found) throw new Error('the object is not there')
  return bytesIn(found.body)
}

export async function keysIn(store: ObjectStore, prefix: string): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const { key } of store.list(prefix)) keys.push(key)
  return keys
}

/** The keys below a folder of what was begun and not finished, whatever its age. */
export async function begunIn(store: ObjectStore, folder: string): Promise<readonly string[]> {
  const keys: string[] = []
  const later = new Date(Date.now() + 3_600_000).toISOString()
  for await (const { key } of store.abandoned(later)) if (key.startsWith(folder)) keys.push(key)
  return keys
}

/** Rejects so, without a word of what must not be in a log. */
export async function rejectsAs(
  work: Promise<unknown>,
  expected: { readonly name: string; readonly code?: string },
): Promise<void> {
  await expect(work).rejects.toMatchObject(expected)
}
