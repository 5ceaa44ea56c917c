import { describe, expect, it } from 'vitest'
import { Grants, holdersOf } from '#apps/exports-api/holders'

const tokens = [
  { name: 'back', token: 'back-token-of-a-length' },
  { name: 'back', token: 'next-token-of-a-length' },
  { name: 'audit', token: 'audit-token-of-a-length' },
]
const findHolder = holdersOf(tokens, Grants.parse('back:tenant-a, back:tenant-b, audit:*'))

describe('the holder of a token', () => {
  it('sees its own tenants and no others', () => {
    const back = findHolder('Bearer back-token-of-a-length')
    expect(back?.name).toBe('back')
    const tenants = ['tenant-a', 'tenant-b', 'tenant-c', '*', '']
    expect(tenants.map((tenant) => back?.maySee(tenant))).toEqual([true, true, false, false, false])
  })

  it('may see every tenant where the setting says so', () => {
    expect(findHolder('Bearer audit-token-of-a-length')?.maySee('tenant-c')).toBe(true)
  })

  it('has several tokens while one is changed for the next', () => {
    expect(findHolder('Bearer next-token-of-a-length')?.maySee('tenant-b')).toBe(true)
  })

  it.each([undefined, '', 'Bearer wrong', 'Basic back-token-of-a-length'])(
    'is nobody for %j',
    (authorisation) => {
      expect(findHolder(authorisation)).toBeUndefined()
    },
  )
})

it.each(['back', 'back:', ':tenant-a', 'back:tenant a', 'back:../a', 'back:tenant-a,'])(
  'no grant is %j',
  (text) => {
    expect(Grants.safeParse(text).success).toBe(false)
  },
)
