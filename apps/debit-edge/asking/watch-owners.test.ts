import kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { ownedPartitions } from '#apps/debit-edge/asking/watch-owners'

const assigned = (assignment: Record<string, number[]>): Buffer =>
  kafkajs.AssignerProtocol.MemberAssignment.encode({
    version: 1,
    assignment,
    userData: Buffer.alloc(0),
  })
const adminOf = (...assignments: Buffer[]) => ({
  describeGroups: async () => ({
    groups: [
      {
        groupId: 'debit-authoriser',
        members: assignments.map((memberAssignment) => ({ memberAssignment })),
      },
    ] as never,
  }),
})
const owned = async (...assignments: Buffer[]) => [
  ...(await ownedPartitions(adminOf(...assignments), 'debit-authoriser', 'debits')),
]

describe('the partitions that are owned', () => {
  it('are those of all members, in this topic', async () => {
    const both = [assigned({ debits: [0, 1], other: [5] }), assigned({ debits: [2] })]
    expect(await owned(...both)).toEqual([0, 1, 2])
  })

  it('are none where the group has no member, or is being dealt out anew', async () => {
    expect(await owned()).toEqual([])
    expect(await owned(Buffer.alloc(0), Buffer.alloc(0))).toEqual([])
    expect(await ownedPartitions(adminOf(), 'never-run', 'debits')).toEqual(new Set())
  })
})
