import { createRequire } from 'node:module'

const manifest = createRequire(import.meta.url)('../../package.json') as {
  readonly version: string
}

/** Version of the platform, as every envelope and dead letter carries it. */
export const appVersion: string = manifest.version
