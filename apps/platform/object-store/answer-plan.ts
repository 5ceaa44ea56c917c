import type { IncomingHttpHeaders } from 'node:http'
import type { StoredObject } from '#ports/object-store'

/** What is answered to who asks for an object: all of it, some of it, or none, by the status alone. */
export type AnswerPlan =
  | { readonly status: 200 | 206; readonly from: number; readonly to: number }
  | { readonly status: 304 | 412 | 416 }

type Asked = Pick<IncomingHttpHeaders, 'range' | 'if-match' | 'if-none-match'> & {
  readonly 'if-range'?: string | readonly string[] | undefined
}

/**
 * RFC 9110, in its order: `If-Match`, `If-None-Match`, then one range of bytes, if what was begun is still what is there.
 * Several ranges, other units and what is no range are passed over, as it allows: the whole is answered.
 */
export function answerPlan(
  method: string,
  asked: Asked,
  { etag, bytes }: Pick<StoredObject, 'etag' | 'bytes'>,
): AnswerPlan {
  const { 'if-match': match, 'if-none-match': noneMatch, 'if-range': ifRange } = asked
  if (match !== undefined && !tagsIn(match).some((tag) => tag === '*' || tag === etag)) {
    return { status: 412 }
  }
  if (
    noneMatch !== undefined &&
    tagsIn(noneMatch).some((tag) => tag === '*' || weak(tag) === etag)
  ) {
    return { status: 304 }
  }
  const whole = { status: 200, from: 0, to: bytes } as const
  if (method !== 'GET' || (ifRange !== undefined && String(ifRange).trim() !== etag)) return whole
  return asked.range === undefined ? whole : (ranged(asked.range, bytes) ?? whole)
}

const tagsIn = (header: string): readonly string[] => header.match(/\*|(?:W\/)?"[^"]*"/g) ?? []
const weak = (tag: string): string => tag.replace(/^W\//, '')

/** Undefined where it is no one range. */
function ranged(header: string, bytes: number): AnswerPlan | undefined {
  const [, first, last = '', suffix] = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/i.exec(header.trim()) ?? []
  const from = first === undefined ? Math.max(bytes - Number(suffix), 0) : Number(first)
  const to = first === undefined || last === '' ? bytes : Math.min(Number(last) + 1, bytes)
  if (Number.isNaN(from) || (last !== '' && Number(last) < Number(first))) return undefined
  return from >= bytes ? { status: 416 } : { status: 206, from, to }
}
