import { describe, expect, it } from 'vitest'
import { callerOf } from '#apps/platform/bearer-tokens'

const findCaller = callerOf([
  { name: 'register', token: 'first-example-token' },
  { name: 'register', token: 'second-example-token' },
  { name: 'import', token: 'third:example-token' },
])

describe('callerOf', () => {
  it.each([
    ['Bearer first-example-token', 'register'],
    ['bearer second-example-token', 'register'],
    ['Bearer third:example-token', 'import'],
  ])('knows who shows %s', (header, name) => {
    expect(findCaller(header)).toBe(name)
  })

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer first-example-toke',
    'Basic first-example-token',
    'first-example-token',
  ])('knows nobody who shows %j', (header) => {
    expect(findCaller(header)).toBeUndefined()
  })

  it('knows nobody where there is no token', () => {
    expect(callerOf([])('Bearer first-example-token')).toBeUndefined()
  })
})
