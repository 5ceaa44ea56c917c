import type { Request } from 'express'
import { Problem } from '#apps/platform/problem'

/** The version of a configuration as an entity tag. */
export const etagOf = (version: number): string => `"${version}"`

/** What a request says of the version it is about. */
export interface Preconditions {
  readonly ifMatch: string | undefined
  readonly ifNoneMatch: string | undefined
}

export const preconditionsOf = (request: Pick<Request, 'get'>): Preconditions => ({
  ifMatch: request.get('if-match'),
  ifNoneMatch: request.get('if-none-match'),
})

/** Problem 412 where the version, undefined for none, is not the one the request is about. */
export function assertPreconditions(
  { ifMatch, ifNoneMatch }: Preconditions,
  version: number | undefined,
): void {
  const isMet = ifMatch === undefined || lists(ifMatch, version)
  if (isMet && (ifNoneMatch === undefined || !lists(ifNoneMatch, version))) return
  throw new Problem(412, differs(version), {
    ...(version === undefined ? {} : { headers: { etag: etagOf(version) } }),
  })
}

const differs = (version: number | undefined): string =>
  version === undefined
    ? 'there is no such configuration yet'
    : `the configuration is at version ${version}: read it again, then change it`

/** Tags are compared strongly: a weak one stands for something alike, not for this. */
const lists = (header: string, version: number | undefined): boolean =>
  version !== undefined &&
  (header.trim() === '*' || header.split(',').some((tag) => tag.trim() === etagOf(version)))
