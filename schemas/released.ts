import { existsSync, readFileSync, readdirSync } from 'node:fs'

const folder = new URL('./released/', import.meta.url)

/** Where a released version is kept. */
export const releasePath = (topic: string, version: number): URL =>
  new URL(`${topic}/${version}.avsc`, folder)

/** The schemas released under a topic, oldest first. Reads files: for scripts and tests. */
export function releasedUnder(topic: string): object[] {
  const own = new URL(`${topic}/`, folder)
  const count = existsSync(own) ? readdirSync(own).length : 0
  return Array.from(
    { length: count },
    (_, i) => JSON.parse(readFileSync(releasePath(topic, i + 1), 'utf8')) as object,
  )
}
