import { hash } from 'node:crypto'
import type { Terms } from '#apps/debit-edge/asking/wanted'
import { blockOf } from '#schemas/variants'

/** When a request is made is no part of what it asks for: it is made again later. */
const ofTheMoment: readonly string[] = ['original_requested_at']

/**
 * Digest of what a request asks for: type, account, and the members of its block by name, whatever order they are given
 * in. What is not given is left out, so that a member that comes with a later version changes no earlier fingerprint.
 */
export function fingerprintOf(terms: Terms): string {
  const block = (terms as unknown as Readonly<Record<string, object>>)[blockOf(terms.type)]
  const text = JSON.stringify([terms.type, terms.account_id, sorted(block ?? {})])
  return hash('sha256', text, 'buffer').subarray(0, 16).toString('base64url')
}

type Entry = readonly [name: string, value: unknown]

function sorted(value: object): readonly Entry[] {
  return Object.entries(value)
    .filter(([name, member]) => member !== null && !ofTheMoment.includes(name))
    .map(([name, member]): Entry => [
      name,
      typeof member === 'object' ? sorted(member as object) : member,
    ])
    .sort(([one], [other]) => (one < other ? -1 : 1))
}
