import kafkajs, { type Admin } from 'kafkajs'
import { authoriser } from '#apps/debit-edge/asking/watch-owners'
import { debits } from '#schemas/topics'

/** The partitions of `debits` that the authoriser of a slot holds; none while they are being dealt out. */
export async function partitionsOfSlot(
  admin: Pick<Admin, 'describeGroups'>,
  slot: string,
): Promise<ReadonlySet<number>> {
  const { groups } = await admin.describeGroups([authoriser])
  const members = groups.flatMap((group) => group.members)
  // The broker puts a random part behind the name of a static member.
  const own = members.filter(({ memberId }) => memberId.startsWith(`${authoriser}-${slot}-`))
  const held = own.flatMap(({ memberAssignment }) =>
    memberAssignment.length === 0
      ? []
      : (kafkajs.AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment[
          debits.name
        ] ?? []),
  )
  return new Set(held)
}
