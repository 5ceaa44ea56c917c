import { expect, it } from 'vitest'
import { aclEntries } from '#apps/platform/access/apply-access'
import { granted, onGroupsFrom } from '#apps/platform/access/grant'

it('is a grant as the protocol of Kafka has it: from any host, allowed, by the beginning of a name', () => {
  expect(aclEntries(granted('upstream', onGroupsFrom(['Read'], ['upstream'])), 'User:')).toEqual([
    {
      principal: 'User:upstream',
      host: '*',
      resourceType: 3,
      resourceName: 'upstream',
      resourcePatternType: 4,
      operation: 3,
      permissionType: 3,
    },
  ])
})
