import { describe, expect, it } from 'vitest'
import { iuvFor, noticeCodeFor } from '#schemas/values/iud-numbers'

const iud = '5f0c7a522a0d4c559a3e0d6f6e1b7c11'

describe('numbers made from an iud', () => {
  it('are the same each time, and others for another iud', () => {
    expect(noticeCodeFor(iud, '01')).toBe(noticeCodeFor(iud, '01'))
    expect(noticeCodeFor(iud, '01')).toBe(`3${iuvFor(iud, '01')}`)
    expect(noticeCodeFor(iud, '01')).not.toBe(noticeCodeFor(iud.replace(/1$/, '2'), '01'))
  })

  it.each(['0'.repeat(32), 'f'.repeat(32), iud, '0000000000000000000009010000ffff'])(
    'are what pagoPA allows, and none that others give: %s',
    (each) => {
      const code = noticeCodeFor(each, '47')
      expect(code).toMatch(/^347\d{15}$/)
      expect(Number(BigInt(code.slice(0, 16)) % 93n)).toBe(Number(code.slice(16)))
      expect(iuvFor(each, '47').slice(2, 4)).not.toBe('00')
    },
  )
})
