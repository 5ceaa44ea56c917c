import { describe, expect, it } from 'vitest'
import { parseIban } from '#schemas/values/iban'

describe('an IBAN', () => {
  it.each([
    ['IT60X0542811101000000123456', 'IT60X0542811101000000123456'],
    ['it60 x054 2811 1010 0000 0123 456', 'IT60X0542811101000000123456'],
    ['SM86U0322509800000000270100', 'SM86U0322509800000000270100'],
    ['DE89370400440532013000', 'DE89370400440532013000'],
    ['NO9386011117947', 'NO9386011117947'],
  ])('is read from %s', (text, iban) => {
    expect(parseIban(text)).toBe(iban)
  })

  it.each([
    ['IT61X0542811101000000123456', 'has wrong check digits'],
    ['IT60X0542811101000000123465', 'has wrong check digits'],
    ['IT60X054281110100000012345', 'is 26 characters; an IBAN of IT has 27'],
    ['IT60', 'is not an IBAN'],
    ['', 'is not an IBAN'],
    ['1260X0542811101000000123456', 'is not an IBAN'],
  ])('is not %s', (text, reason) => {
    expect(() => parseIban(text)).toThrow(reason)
  })
})
