import { createHash } from 'node:crypto'
import {
  pinText,
  templateIn,
  templateKey,
  type TemplatePin,
  templatesPrefix,
  withdrawalKey,
} from '#apps/platform/template-pin'
import { shippedTemplates } from '#connectors/pdf-compiled/index'
import { RejectedError } from '#core/errors'
import type { ObjectStore } from '#ports/object-store'

/** A version of a template that there is. */
export interface TemplateVersion extends TemplatePin {
  readonly from: 'platform' | 'store'
  /** The highest version that is not withdrawn is `current`: who names no version gets it. */
  readonly state: 'current' | 'earlier' | 'withdrawn'
}

type Versions = readonly TemplateVersion[]

let shipped: readonly TemplatePin[] | undefined
const shippedPins = () =>
  (shipped ??= shippedTemplates().map(({ name, version }) => ({ name, version })))

/** All versions, those of the platform and those of the store, by name, the highest first. */
export async function templateVersions(objects: Pick<ObjectStore, 'list'>): Promise<Versions> {
  const found = new Map<string, TemplatePin & { readonly from: TemplateVersion['from'] }>()
  const withdrawn = new Set<string>()
  for await (const { key } of objects.list(templatesPrefix)) {
    const read = templateIn(key)
    if (!read) continue
    if (read.isWithdrawal) withdrawn.add(pinText(read.pin))
    else found.set(pinText(read.pin), { ...read.pin, from: 'store' })
  }
  for (const pin of shippedPins()) found.set(pinText(pin), { ...pin, from: 'platform' })
  const byName = (one: TemplatePin, other: TemplatePin) => (one.name < other.name ? -1 : 1)
  const sorted = [...found.values()].sort((one, other) =>
    one.name === other.name ? other.version - one.version : byName(one, other),
  )
  const named = new Set<string>()
  return sorted.map((one) => {
    if (withdrawn.has(pinText(one))) return { ...one, state: 'withdrawn' }
    const state = named.has(one.name) ? 'earlier' : 'current'
    named.add(one.name)
    return { ...one, state }
  })
}

/** The version that is current, as `name@version`; undefined where every one of it is withdrawn, or there is none. */
export function currentOf(versions: Versions, name: string): string | undefined {
  const current = versions.find((one) => one.name === name && one.state === 'current')
  return current && pinText(current)
}

/** What became of something that is done once: it was done now, or before. */
export interface Outcome {
  readonly isNew: boolean
  /** What new requests by name alone get from now on. */
  readonly current: string | undefined
}

/**
 * Puts a template that was checked into the store, as the bytes it is written in. A version never changes: throws
 * RejectedError 'other-template' where there is one of other bytes, 'withdrawn-template' where it was withdrawn.
 */
export async function publishTemplate(
  objects: Pick<ObjectStore, 'list' | 'head' | 'putIfAbsent'>,
  pin: TemplatePin,
  bytes: Uint8Array,
): Promise<Outcome> {
  const before = await templateVersions(objects)
  const former = before.find((one) => pinText(one) === pinText(pin))
  const next = { name: pin.name, version: nextOf(before, pin) }
  const refused = (code: string, why: string) =>
    new RejectedError(code, `${pinText(pin)} ${why}: publish it as ${pinText(next)}`)
  if (former?.from === 'platform') {
    throw refused('other-template', 'comes with the platform, and nobody replaces it')
  }
  if (former?.state === 'withdrawn') {
    throw refused('withdrawn-template', 'was withdrawn, and does not come back')
  }
  // A store may take If-None-Match and ignore it: whoever is there already is asked before.
  const stored = former && (await objects.head(templateKey(pin)))
  const options = { contentType: 'application/json' }
  const outcome = stored ? 'present' : await objects.putIfAbsent(templateKey(pin), bytes, options)
  const { sha256 } = (stored ?? (await objects.head(templateKey(pin))))!
  if (sha256 !== createHash('sha256').update(bytes).digest('hex')) {
    throw refused('other-template', 'is there with other bytes, and a version never changes')
  }
  const current = currentOf(await templateVersions(objects), pin.name)
  return { isNew: outcome === 'stored', current }
}

const nextOf = (versions: Versions, { name, version }: TemplatePin): number =>
  1 + Math.max(version, ...versions.filter((one) => one.name === name).map((one) => one.version))

/**
 * Withdraws a version for good: new requests get the one before it; what was asked for with it is printed by it all the
 * same. Throws RejectedError 'no-template'.
 */
export async function withdrawTemplate(
  objects: Pick<ObjectStore, 'list' | 'putIfAbsent'>,
  pin: TemplatePin,
): Promise<Outcome> {
  const before = await templateVersions(objects)
  const former = before.find((one) => pinText(one) === pinText(pin))
  if (!former) throw new RejectedError('no-template', `there is no template ${pinText(pin)}`)
  if (former.state !== 'withdrawn') {
    await objects.putIfAbsent(withdrawalKey(pin), Buffer.from(`${pinText(pin)}\n`))
  }
  const current = currentOf(await templateVersions(objects), pin.name)
  return { isNew: former.state !== 'withdrawn', current }
}
