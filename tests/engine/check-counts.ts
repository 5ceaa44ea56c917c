import { expect } from 'vitest'
import { codecOf } from '#schemas/codec'
import { type Scene, type Seen, seen } from '#tests/engine/scene'

const body = (bytes: Buffer | null) => bytes!.subarray(5)

/** Plain avsc, not the engine: the events downstream by payment, as [number, count, input place]. */
export async function countedBy(scene: Scene, total: number, options = {}) {
  const { output } = scene.topics
  const { type } = codecOf(output.schema)
  const byKey = new Map<string, [string, string, string][]>()
  for (const { key, bytes } of await seen(scene, output.name, total, options)) {
    const { payment_id, kind, message, transaction_id } = type.fromBuffer(body(bytes)) as Record<
      string,
      string
    >
    expect(payment_id).toBe(key)
    byKey.set(key, [...(byKey.get(key) ?? []), [kind!, message!, transaction_id!]])
  }
  return byKey
}

/** Every input exactly once downstream, in order, counted right; the changelog agrees. */
export async function expectExactlyOnce(
  scene: Scene,
  ids: readonly string[],
  perKey: number,
): Promise<void> {
  const byKey = await countedBy(scene, ids.length * perKey)
  expect([...byKey.keys()].sort()).toEqual([...ids].sort())
  for (const found of byKey.values()) {
    expect(found.map(([number, count]) => [number, count])).toEqual(
      Array.from({ length: perKey }, (_, n) => [String(n), String(n + 1)]),
    )
  }
  const { counts } = scene.topics
  const { type } = codecOf(counts.schema)
  const statusOf = (bytes: Buffer | null) =>
    (type.fromBuffer(body(bytes)) as { status: string }).status
  // Compaction may have thinned the changelog: the last row of each payment is what counts.
  const lastRows = (found: readonly Seen[]) => new Map(found.map(({ key, bytes }) => [key, bytes]))
  const hasAll = (found: readonly Seen[]) =>
    [...lastRows(found).values()].filter((bytes) => statusOf(bytes) === String(perKey)).length ===
    ids.length
  const rows = lastRows(await seen(scene, counts.name, hasAll))
  expect([...rows.keys()].sort()).toEqual([...ids].sort())
  for (const bytes of rows.values()) expect(statusOf(bytes)).toBe(String(perKey))
}
