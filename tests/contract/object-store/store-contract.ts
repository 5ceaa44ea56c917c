import { describe } from 'vitest'
import { composesObjects, composesWhole } from '#tests/contract/object-store/composes-objects'
import { endsLinks, givesLinks } from '#tests/contract/object-store/gives-links'
import {
  givesRanges,
  keepsObjects,
  listsObjects,
  takesKeys,
} from '#tests/contract/object-store/keeps-objects'
import { putsIfAbsent, putsWhole, replacesObjects } from '#tests/contract/object-store/puts-whole'
import { removesObjects } from '#tests/contract/object-store/removes-objects'
import type { Opened } from '#tests/contract/object-store/store-driver'

/** What holds of every store of objects. */
export function holdsAsObjectStore(name: string, opened: Opened): void {
  describe.each([
    ['keeps objects', keepsObjects],
    ['gives of an object', givesRanges],
    ['lists objects', listsObjects],
    ['takes keys', takesKeys],
    ['replaces objects', replacesObjects],
    ['puts an object whole, or not at all,', putsWhole],
    ['puts an object only where there is none,', putsIfAbsent],
    ['composes an object', composesObjects],
    ['composes an object', composesWhole],
    ['removes objects', removesObjects],
    ['gives links', givesLinks],
    ['ends links', endsLinks],
  ] as const)(`${name} %s`, { timeout: 60_000 }, (_what, hold) => hold(opened))
}
