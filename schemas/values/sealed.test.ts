import { describe, expect, it } from 'vitest'
import { isSealed } from '#schemas/values/sealed'

const nonce = 'n'.repeat(16)
const tag = 't'.repeat(22)

describe('a sealed secret', () => {
  it('names its key and carries nonce, ciphertext and tag', () => {
    expect(isSealed(`sealed:1:2026.a:${nonce}:Y2lwaGVy:${tag}`)).toBe(true)
  })

  it.each([
    '',
    'sealed:1:',
    'a-secret-of-sixteen',
    `sealed:2:2026:${nonce}:Y2lwaGVy:${tag}`,
    `sealed:1:2026:${nonce}::${tag}`,
    `sealed:1:2026:${nonce}:Y2lwaGVy:${tag}=`,
    ` sealed:1:2026:${nonce}:Y2lwaGVy:${tag}`,
    null,
    7,
  ])('is not %j', (value) => {
    expect(isSealed(value)).toBe(false)
  })
})
