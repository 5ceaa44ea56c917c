import type { Scene } from '#tests/engine/scene'

/** The group's committed offset of each partition; -1 where there is none. */
export async function committed({ client }: Scene, groupId: string, topic: string) {
  const admin = client.admin()
  await admin.connect()
  try {
    const [found] = await admin.fetchOffsets({ groupId, topics: [topic] })
    return found!.partitions.map(({ offset }) => Number(offset))
  } finally {
    await admin.disconnect()
  }
}

/** How far in its input the group has committed, over all partitions. */
export async function handledOf(scene: Scene, groupId = scene.counter.name): Promise<number> {
  const offsets = await committed(scene, groupId, scene.topics.input.name)
  return offsets.reduce((sum, offset) => sum + Math.max(0, offset), 0)
}
