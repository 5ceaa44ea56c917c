import { z } from 'zod'
import { damaged } from '#connectors/object-store-files/errors'
import type { StoredObject } from '#ports/object-store'

/** A file that holds some of an object's bytes, in the folder its facts are in. */
export interface KeptPart {
  readonly file: string
  readonly bytes: number
}

/** An object, and the files its bytes are in, one after the other. */
export interface KeptObject {
  readonly object: StoredObject
  readonly parts: readonly KeptPart[]
}

const count = z.int().min(0)
const Facts = z.object({
  format: z.literal(1),
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  content_type: z.string().min(1),
  stored_at: z.iso.datetime(),
  parts: z.array(z.object({ file: z.string(), bytes: count })),
})

// No key has this sign: neither is a file taken for a folder of the same name, nor for another object.
const mark = '@'

/** The file of an object's facts: once it is there, so is the object. */
export const factsOf = (key: string): string => `${key}${mark}object`

/** What a file is called that holds a part of what is being written, or its facts before they are there. */
export const partOf = (key: string, id: string, part: number | 'facts'): string =>
  `${key}${mark}${id}.${part}`

/** What a file's name tells: an object's facts, a part of one, or nothing known. */
export function readName(name: string): { readonly of: string; readonly id?: string } | undefined {
  const [, of, rest = ''] = /^([^@]+)@(.+)$/.exec(name) ?? []
  if (of === undefined) return undefined
  if (rest === 'object') return { of }
  const [, id] = /^([0-9a-f]{16})\.(?:\d+|facts)$/.exec(rest) ?? []
  return id === undefined ? undefined : { of, id }
}

export const factsText = ({ object, parts }: KeptObject): string => {
  const { bytes, sha256, contentType, storedAt } = object
  const facts: z.infer<typeof Facts> = {
    format: 1,
    bytes,
    sha256,
    content_type: contentType,
    stored_at: storedAt,
    parts: [...parts],
  }
  return `${JSON.stringify(facts)}\n`
}

/** Throws RejectedError('damaged-object') where the text is not what was written. */
export function keptObjectOf(key: string, text: string): KeptObject {
  const { success, data } = Facts.safeParse(json(text))
  if (!success) throw damaged(key, 'its facts cannot be read')
  const { bytes, sha256, content_type, stored_at, parts } = data
  const sum = parts.reduce((total, part) => total + part.bytes, 0)
  const name = key.slice(key.lastIndexOf('/') + 1)
  const areOwn = parts.every(({ file }) => {
    const read = readName(file)
    return read?.of === name && read.id !== undefined
  })
  if (sum !== bytes || !areOwn) throw damaged(key, 'its facts contradict each other')
  const object = { key, bytes, sha256, contentType: content_type, storedAt: stored_at }
  return { object: { ...object, etag: `"${sha256}"` }, parts }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
