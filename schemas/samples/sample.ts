import { readFileSync } from 'node:fs'

/**
 * Fictional events as the outside writes them, plain JSON. Reads a file: for tests, sandboxes and
 * benches.
 */
export type SampleName =
  | 'application'
  | 'payment-creation-pending'
  | 'payment-pending'
  | 'payment-complete'
  | 'payment-version-1'
  | 'user'

/** The sample, a new object each time. */
export const readSample = (name: SampleName): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >
