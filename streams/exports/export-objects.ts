/** Below it lies all that is stored of any export. */
export const exportsPrefix = 'exports/'
/** Where what is stored of an export lies: all below one prefix, named by its id, and never by what is in it. */
export const exportPrefix = (exportId: string) => `${exportsPrefix}${exportId}/`
/** The export that an object is of; undefined of a key that none of them has. */
export const exportIdIn = (key: string): string | undefined =>
  /^exports\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/./.exec(key)?.[1]
export const movementsKey = (exportId: string) => `${exportPrefix(exportId)}movements.csv`
export const planKey = (exportId: string) => `${exportPrefix(exportId)}plan.json`
export const archiveKey = (exportId: string) => `${exportPrefix(exportId)}archive.zip`

const numbered = (chunk: number) => String(chunk).padStart(7, '0')
export const segmentKey = (exportId: string, chunk: number) =>
  `${exportPrefix(exportId)}segments/${numbered(chunk)}`
/** What is in the segment: names, checksums and lengths. */
export const segmentIndexKey = (exportId: string, chunk: number) =>
  `${exportPrefix(exportId)}indexes/${numbered(chunk)}`
/** Movements of the chunk that have no document; absent where all have one. */
export const failuresKey = (exportId: string, chunk: number) =>
  `${failuresPrefix(exportId)}${numbered(chunk)}`
export const failuresPrefix = (exportId: string) => `${exportPrefix(exportId)}failures/`
/** What comes behind the last piece of the archive. */
export const endingKey = (exportId: string) => `${exportPrefix(exportId)}ending`
