import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** File name → SHA-256 in lower-case hex. */
export type Checksums = ReadonlyMap<string, string>

/** Reads a list as `sha256sum` writes it. Throws on a line that is not one of its. */
export const parseChecksums = (text: string): Checksums =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [, hash, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? []
        if (hash === undefined || name === undefined) throw new Error(`not a checksum: ${line}`)
        return [name, hash] as const
      }),
  )

/** What differs between a folder and the list, one sentence for each file; empty when nothing does. */
export const differencesFrom = async (
  expected: Checksums,
  folder: string,
): Promise<readonly string[]> => {
  const present = await readdir(folder)
  const strangers = present
    .filter((name) => !expected.has(name))
    .map((name) => `${name} is unknown`)
  const wrong: string[] = []
  for (const [name, hash] of expected) {
    if (!present.includes(name)) wrong.push(`${name} is missing`)
    else if ((await sha256Of(join(folder, name))) !== hash) wrong.push(`${name} has other content`)
  }
  return [...wrong, ...strangers]
}

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
