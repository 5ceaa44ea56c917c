import type { ObjectStore } from '#ports/object-store'

/** Below it each installation that sweeps a store has an object, named by the id of its Kafka cluster. */
const prefix = 'sweepers/'

interface Claim {
  /** Nothing is written. */
  readonly isDryRun: boolean
  /** Those of others are taken away: they are gone. */
  readonly isTakenOver: boolean
}

/**
 * Puts the installation's name into the store, and throws where that of another one is there: what is stored for it would
 * be taken for orphans of this one. So two that share a bucket by mistake sweep nothing, nor does a command that was given
 * the Kafka of one and the store of another.
 */
export async function expectOwnStore(
  objects: Pick<ObjectStore, 'putIfAbsent' | 'list' | 'delete'>,
  cluster: string,
  { isDryRun, isTakenOver }: Claim,
): Promise<void> {
  const own = prefix + cluster
  if (!isDryRun) await objects.putIfAbsent(own, Buffer.from(`${cluster}\n`))
  for await (const { key } of objects.list(prefix)) {
    if (key === own) continue
    if (!isTakenOver) {
      throw new Error(
        `the store is also that of the Kafka cluster ${key.slice(prefix.length)}: give each its own (S3_PREFIX), or, ` +
          'where that cluster is gone, run corrente exports sweep --take-over',
      )
    }
    if (!isDryRun) await objects.delete(key)
  }
}
