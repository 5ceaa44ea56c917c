import { createHash } from 'node:crypto'
import type { SandboxRequest } from '#connectors/object-store-s3/sandbox-answers'

export interface SandboxObject {
  readonly body: Buffer
  readonly etag: string
  readonly atMs: number
  /** Of its type, and its own metadata. */
  readonly headers: Readonly<Record<string, string>>
}

export interface SandboxUpload {
  readonly key: string
  readonly atMs: number
  readonly headers: Readonly<Record<string, string>>
  readonly parts: Map<number, Buffer>
}

/** What is in the bucket of the sandbox, in memory. */
export interface SandboxBucket {
  readonly name: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly objects: Map<string, SandboxObject>
  readonly uploads: Map<string, SandboxUpload>
}

export const md5 = (bytes: Buffer): Buffer => createHash('md5').update(bytes).digest()

export const etagOf = (bytes: Buffer): string => `"${md5(bytes).toString('hex')}"`

export const keptHeaders = (headers: SandboxRequest['headers']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^(content-type|x-amz-meta-.*)$/.test(name)),
  )

/** An instant as XML has it. */
export const seconds = (ms: number): string =>
  new Date(Math.floor(ms / 1_000) * 1_000).toISOString()
