import { currentOf, templateVersions } from '#apps/platform/published-templates'
import { pinText } from '#apps/platform/template-pin'
import type { ObjectStore } from '#ports/object-store'

/** The version that a request is pinned to; else why there is none for it, and which there are. */
export type Pinned =
  | { readonly pin: string }
  | { readonly why: 'none' | 'withdrawn'; readonly known: readonly string[] }

/**
 * Which version a new request gets: of a name the current one, of `name@version` that one, unless it was withdrawn. Asked
 * of the store each time, so that what is published or withdrawn counts from that moment on.
 */
export const templatePinning =
  (objects: Pick<ObjectStore, 'list'>) =>
  async (asked: string): Promise<Pinned> => {
    const versions = await templateVersions(objects)
    const known = versions.filter(({ state }) => state === 'current').map(pinText)
    const pin = currentOf(versions, asked)
    if (pin !== undefined) return { pin }
    const found = versions.find((one) => pinText(one) === asked)
    if (found && found.state !== 'withdrawn') return { pin: asked }
    const isWithdrawn = found || versions.some(({ name }) => name === asked)
    return { why: isWithdrawn ? 'withdrawn' : 'none', known }
  }
export type PinTemplate = ReturnType<typeof templatePinning>
