import kafkajs, { type Admin } from 'kafkajs'
import { type Owners, newOwners } from '#apps/debit-edge/asking/owners'
import { adminClient } from '#apps/platform/admin'
import { within } from '#apps/platform/deadline'
import type { KafkaSettings } from '#core/kafka'
import { partitionOf } from '#core/partition-of'

/** The unit that decides: the name of its consumer group. */
export const authoriser = 'debit-authoriser'

const lookEveryMs = 1_000
const answerMsMax = 2_500

type Groups = Pick<Admin, 'describeGroups'>

/**
 * The partitions of a topic that members of the group hold. One that is being dealt out anew has no owner: what its
 * members hold is not told meanwhile.
 */
export async function ownedPartitions(
  admin: Groups,
  group: string,
  topic: string,
): Promise<ReadonlySet<number>> {
  const { groups } = await admin.describeGroups([group])
  const members = groups.find(({ groupId }) => groupId === group)?.members ?? []
  const held = members.flatMap(({ memberAssignment }) =>
    memberAssignment.length === 0
      ? []
      : (kafkajs.AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment[topic] ??
        []),
  )
  return new Set(held)
}

interface WatchOptions {
  readonly kafka: KafkaSettings
  readonly topic: string
  readonly partitions: number
}

/** Looks every second who owns which partition, until it is closed. */
export function watchOwners({ kafka, topic, partitions }: WatchOptions): {
  readonly owners: Owners
  close(): Promise<void>
} {
  let admin: Admin | undefined
  const owned = async () => {
    admin ??= adminClient(kafka).admin()
    const asked = admin
    try {
      const late = () => new Error('the group is not described in time')
      const asking = asked.connect().then(() => ownedPartitions(asked, authoriser, topic))
      return await within(answerMsMax, asking, late)
    } catch (error) {
      // A connection that once failed to answer may do so again: the next look makes another.
      admin = undefined
      void asked.disconnect().catch(() => undefined)
      throw error
    }
  }
  const owners = newOwners({
    partitions,
    partitionOf: (accountId) => partitionOf(accountId, partitions),
    owned,
  })
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  const watch = async () => {
    const begun = performance.now()
    await owners.look()
    const restMs = Math.max(0, lookEveryMs - (performance.now() - begun))
    if (!isClosed) timer = setTimeout(() => void watch(), restMs)
  }
  void watch()
  return {
    owners,
    async close() {
      isClosed = true
      clearTimeout(timer)
      await admin?.disconnect()
    },
  }
}
