import kafkajs from 'kafkajs'
import { expect, it } from 'vitest'
import { partitionsOfSlot } from '#tests/bench/debits/owned-by'

const assigned = (partitions: number[]) =>
  kafkajs.AssignerProtocol.MemberAssignment.encode({
    version: 0,
    assignment: { debits: partitions, 'debit-authoriser.redrive': [9] },
    userData: Buffer.alloc(0),
  })

const member = (memberId: string, memberAssignment: Buffer) => ({
  memberId,
  memberAssignment,
  memberMetadata: Buffer.alloc(0),
  clientHost: '',
  clientId: '',
})

it('finds what the member of a slot holds, and nothing while that is being dealt out', async () => {
  const members = [
    member('debit-authoriser-0-5f0c', assigned([0, 2])),
    member('debit-authoriser-1-77aa', assigned([1])),
    member('debit-authoriser-2-1234', Buffer.alloc(0)),
  ]
  const group = { groupId: 'debit-authoriser', members, protocol: '', protocolType: '' }
  const admin = {
    describeGroups: async () => ({
      groups: [{ ...group, errorCode: 0, state: 'Stable' as const }],
    }),
  }
  const held = async (slot: string) => [...(await partitionsOfSlot(admin, slot))]
  expect([await held('0'), await held('1'), await held('2')]).toEqual([[0, 2], [1], []])
})
