const seed = 0x9747b28c
const factor = 0x5bd1e995

/** The partition Java's default partitioner gives a key: murmur2 of its bytes (`murmur2_random` of librdkafka). */
export const partitionOf = (key: string, partitions: number): number =>
  (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions

function murmur2(bytes: Buffer): number {
  const { length } = bytes
  let hash = seed ^ length
  let at = 0
  for (; at + 4 <= length; at += 4) {
    let block = Math.imul(bytes.readInt32LE(at), factor)
    block = Math.imul(block ^ (block >>> 24), factor)
    hash = Math.imul(hash, factor) ^ block
  }
  if (at < length) {
    for (let left = length - 1; left >= at; left--) hash ^= bytes[left]! << (8 * (left - at))
    hash = Math.imul(hash, factor)
  }
  hash = Math.imul(hash ^ (hash >>> 13), factor)
  return hash ^ (hash >>> 15)
}
