import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { type GroupMember, newGroupMember } from '#core/group-member'
import { connect, sessionMs } from '#core/kafka'
import { take } from '#core/take'
import { newScene, type Scene, until } from '#tests/engine/scene'

const joined = async (scene: Scene, group: string, instance: string): Promise<GroupMember> => {
  const kafka = { brokers: scene.brokers }
  const { name } = scene.topics.input
  const member = newGroupMember(kafka, { group, instance })
  await connect(member.consumer, kafka, name)
  member.consumer.subscribe([name])
  return member
}
const announced = ({ consumer, rebalances }: GroupMember) =>
  until('a rebalance is announced', async () => {
    await take(consumer, 1, 50).catch(() => undefined)
    return rebalances.length > 0
  })
const owning = async (scene: Scene, group: string) => {
  const member = await joined(scene, group, 'one')
  await announced(member)
  member.consumer.assign([...member.rebalances.splice(0)[0]!.partitions])
  return member
}
/** Somebody joins: whoever owns partitions is asked for them, once it looks. */
const asked = async (scene: Scene, group: string) => {
  const member = await owning(scene, group)
  const other = await joined(scene, group, 'other')
  await sleep(sessionMs / 2)
  return { member, other }
}

describe.concurrent('a member of a group is closed at once', { timeout: 60_000 }, () => {
  const closed = async (member: GroupMember) => {
    const unassign = vi.spyOn(member.consumer, 'unassign')
    const disconnect = vi.spyOn(member.consumer, 'disconnect')
    const start = performance.now()
    await member.close()
    const ms = performance.now() - start
    const orders = unassign.mock.invocationCallOrder
    const [closingAt = 0] = disconnect.mock.invocationCallOrder
    return { answers: orders.map((at) => (at < closingAt ? 'before' : 'meanwhile')), ms }
  }
  // Where it waits for what never comes, it is left after 5 s.
  const msMax = 3_000

  it('where it owns partitions: it gives them back', async () => {
    const scene = await newScene()
    await scene.apply()
    const { answers, ms } = await closed(await owning(scene, randomUUID()))
    expect(answers).toEqual(['meanwhile'])
    expect(ms).toBeLessThan(msMax)
  })

  it('where partitions were given to it and it has not taken them: it gives them back before', async () => {
    const scene = await newScene()
    await scene.apply()
    const member = await joined(scene, randomUUID(), 'one')
    await announced(member)
    const { answers, ms } = await closed(member)
    expect(answers).toEqual(['before'])
    expect(ms).toBeLessThan(msMax)
  })

  it('where it is asked for its partitions and has not heard of it: without an answer', async () => {
    const scene = await newScene()
    await scene.apply()
    const { member, other } = await asked(scene, randomUUID())
    const { answers, ms } = await closed(member)
    expect(answers).toEqual([])
    expect(ms).toBeLessThan(msMax)
    await other.close()
  })
})
