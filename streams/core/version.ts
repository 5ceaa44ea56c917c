import manifest from '../../package.json' with { type: 'json' }

/** Version of the platform, as every envelope and dead letter carries it. */
export const appVersion: string = manifest.version
