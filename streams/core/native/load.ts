import { createRequire } from 'node:module'
// Loaded first: its librdkafka is the one that is meant.
import 'node-rdkafka'
import type { KafkaError } from '#core/kafka'

/** The compiled part; see batches.cc. Clients are node-rdkafka's own, `getClient()`. */
export interface NativeBatches {
  read(
    client: object,
    countMax: number,
    waitMs: number,
    hasHeaders: boolean,
    done: (
      error: Error | null,
      blocks: readonly Buffer[],
      topics: readonly string[],
      names: readonly string[],
    ) => void,
  ): void
  write(
    client: object,
    topics: readonly string[],
    names: readonly string[],
    packed: Buffer,
    from: number,
    to: number,
  ): number
  /** As that of the client, which looks only every 10 ms whether all records are acknowledged. */
  flush(client: object, waitMs: number, done: (error: KafkaError) => void): void
  /** Version of node-rdkafka whose classes it was compiled for. */
  readonly builtFor: string
}

const load = (): NativeBatches | undefined => {
  if (process.env['CORRENTE_NATIVE'] === 'off') return undefined
  const require = createRequire(import.meta.url)
  const { version } = require('node-rdkafka/package.json') as { readonly version: string }
  try {
    const built = require('./build/Release/batches.node') as NativeBatches
    // Another version's classes may lie otherwise in memory.
    return built.builtFor === version ? built : undefined
  } catch {
    return undefined
  }
}

/** Undefined where it was not built (`npm run native`), or is switched off (`CORRENTE_NATIVE=off`): then each record passes through node-rdkafka. */
export const nativeBatches: NativeBatches | undefined = load()
