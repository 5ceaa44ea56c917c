import { describe, expect, it } from 'vitest'
import { accessFindings, knownAccess } from '#apps/corrente/doctor/production/access'
import { accessList } from '#apps/platform/access/access-list'
import { aclEntries } from '#apps/platform/access/apply-access'
import { type Grant, granted, onTopics } from '#apps/platform/access/grant'
import { declaredUnits } from '#apps/platform/declared-units'

const list = accessList(declaredUnits)
const all = aclEntries(list, 'User:')
const told = (...given: Parameters<typeof accessFindings>) =>
  accessFindings(...given).map(({ level, sentence }) => `${level}: ${sentence}`)

describe('what is said of the access list', () => {
  it('is well where it is what the topology needs', () => {
    expect(told(all)).toEqual(['ok: the access list has what each of our users needs'])
  })

  it('takes a wider grant for the narrow one', () => {
    const isRead = (grant: Grant) =>
      grant.principal === 'worker' && grant.resource === 'topic' && grant.operation !== 'Write'
    const others = aclEntries(
      list.filter((grant) => !isRead(grant)),
      'User:',
    )
    const [reads] = aclEntries(granted('worker', onTopics(['Read'], ['*'])), 'User:')
    expect(told([...others, reads!])).toEqual([
      'ok: the access list has what each of our users needs',
    ])
  })

  it('names a user that lacks something, the first of it, and the command', () => {
    const lacking = all.filter(
      ({ principal, resourceName }) =>
        !(principal === 'User:payment-proxy' && resourceName === 'payment.facts'),
    )
    expect(told(lacking)).toEqual([
      'warning: User:payment-proxy lacks 1 grants, payment.facts the first: apply corrente acls --principal payment-proxy --commands',
    ])
  })

  it('is advice for users that have other names there', () => {
    const foreign = aclEntries(list, 'User:CN=')
    expect(told(foreign).map((line) => line.split(':')[0])).toEqual(Array(4).fill('advice'))
  })

  it('names who may write what everybody may, or everything', () => {
    const open = { ...all[0]!, resourceType: 2, resourcePatternType: 3, operation: 4 }
    const anybody = { ...open, principal: 'User:*', resourceName: 'payments' }
    const everything = { ...open, principal: 'User:batch', resourceName: '*', operation: 2 }
    expect(told([...all, anybody, everything])).toEqual([
      'warning: User:* may write payments: take it away by kafka-acls --remove',
      'warning: User:batch may write every topic: take it away by kafka-acls --remove',
    ])
  })

  it('is a warning where the brokers have no list at all', async () => {
    const off = Object.assign(new Error('no'), { type: 'SECURITY_DISABLED' })
    const known = await knownAccess({ describeAcls: () => Promise.reject(off) })
    expect(told(known)[0]).toMatch(/^warning: the brokers have no authorizer/)
  })

  it('throws where we may not see it', async () => {
    const refused = Object.assign(new Error('no'), { type: 'CLUSTER_AUTHORIZATION_FAILED' })
    await expect(knownAccess({ describeAcls: () => Promise.reject(refused) })).rejects.toThrow('no')
  })
})
