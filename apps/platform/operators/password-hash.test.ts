import { describe, expect, it } from 'vitest'
import {
  isPassword,
  isPasswordHash,
  nobodysHash,
  passwordHash,
  usualCost,
} from '#apps/platform/operators/password-hash'

const cheap = { cost: 4, blocks: 1, rounds: 1 }
const hash = await passwordHash('correct horse', cheap)

describe('the hash of a password', () => {
  it('is of that password alone, however its letters were typed, and new each time', async () => {
    expect(await isPassword('correct horse', hash)).toBe(true)
    expect(await isPassword('correct horsE', hash)).toBe(false)
    expect(await passwordHash('correct horse', cheap)).not.toBe(hash)
    const composed = await passwordHash('caff\u00e8', cheap)
    expect(await isPassword('caffe\u0300', composed)).toBe(true)
  })

  it('of nobody is no password, and costs as much to check as another', async () => {
    expect(nobodysHash(hash)).toMatch(/^scrypt:4:1:1:/)
    expect(isPasswordHash(nobodysHash(undefined))).toBe(true)
    expect(nobodysHash(undefined)).toMatch(`scrypt:${usualCost.cost}:${usualCost.blocks}:`)
    expect(await isPassword('', nobodysHash(hash))).toBe(false)
  })

  it.each([
    '',
    'plain text',
    hash.slice(0, -1),
    hash.replace('scrypt', 'md5'),
    hash.replace(':4:', ':30:'),
  ])('%j is none', (text) => {
    expect(isPasswordHash(text)).toBe(false)
  })

  it('that was cut off is nobody’s password', async () => {
    expect(await isPassword('correct horse', hash.slice(0, -1))).toBe(false)
  })
})
