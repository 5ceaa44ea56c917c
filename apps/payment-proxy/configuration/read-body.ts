import express, { type RequestHandler } from 'express'
import { Problem } from '#apps/platform/problem'

export type Body = Readonly<Record<string, unknown>>

const bytesMax = 256 * 1024
const types = ['application/json', 'application/merge-patch+json']

/** Reads a JSON object. Problem 415 for another type, 400 and 422 for something else. */
export const jsonBody: readonly RequestHandler[] = [
  (request, _response, next) => {
    if (request.is(types)) return next()
    if (request.is('*/*') === null) throw new Problem(400, 'the request has no body')
    throw new Problem(415, 'the body must be application/json')
  },
  express.json({ limit: bytesMax, strict: false, type: types }),
]

/** The object a body is. Problem 422 for anything else. */
export function bodyOf(body: unknown): Body {
  if (isObject(body)) return body
  throw new Problem(422, 'the body is no JSON object', { members: { pointer: '' } })
}

const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What a form's fields hold that nobody filled in is left out: empty texts, nulls, objects and list items of nothing
 * else.
 */
export const withoutBlanks = (body: Body): Body => (filled(body) ?? {}) as Body

function filled(value: unknown): unknown {
  if (value === '' || value === null) return undefined
  if (Array.isArray(value)) return filledList(value)
  if (!isObject(value)) return value
  const members = Object.entries(value).map(([name, member]) => [name, filled(member)] as const)
  const present = members.filter(([, member]) => member !== undefined)
  return present.length === 0 ? undefined : Object.fromEntries(present)
}

function filledList(list: readonly unknown[]): readonly unknown[] | undefined {
  const items = list.map(filled).filter((item) => item !== undefined)
  return items.length === 0 && list.length > 0 ? undefined : items
}

/** The target with the patch merged into it, as RFC 7396 has it: null removes. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const merged = new Map(isObject(target) ? Object.entries(target) : [])
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name)
    else merged.set(name, mergePatch(merged.get(name), value))
  }
  return Object.fromEntries(merged)
}
