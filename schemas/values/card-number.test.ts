import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  displayOf,
  holdsCardNumber,
  mayHoldCardNumber,
  parseCardNumber,
  passesLuhn,
} from '#schemas/values/card-number'

describe('a card number', () => {
  it.each(['4222222222222', '0000000000001', '8888777766660001', '0004111111111111111'])(
    'is 13 to 19 digits: %s',
    (digits) => expect(parseCardNumber(digits)).toBe(digits),
  )

  it.each([
    '422222222222',
    '41111111111111111111',
    '4111 1111 1111 1111',
    '-4111111111111111',
    '4.111111111111111e15',
    '٤١١١١١١١١١١١١١١١',
    '4111111111111111\n',
    '',
  ])('is nothing else, and no digit is repeated: %j', (digits) => {
    expect(() => parseCardNumber(digits)).toThrow(/^is no card number: 13 to 19 digits/)
    expect(() => parseCardNumber(digits)).not.toThrow(/411|222/)
  })

  it.each([
    ['4222222222222', '422222***2222'],
    ['4111111111111111', '411111******1111'],
    ['0004111111111111111', '000411*********1111'],
  ])('%s is shown as %s', (digits, display) => expect(displayOf(digits)).toBe(display))

  it.each([
    ['4111111111111111', true],
    ['4222222222222', true],
    ['378282246310005', true],
    ['6304000000000000000', true],
    ['4111111111111112', false],
    ['8888777766660001', false],
  ])('%s ends in its check digit: %s', (digits, isTrue) => expect(passesLuhn(digits)).toBe(isTrue))
})

describe('a text', () => {
  it.each([
    'card 4111111111111111',
    '4111-1111-1111-1111',
    '4111 1111 1111 1111 12/29',
    'x4111111111111111x',
    'ref 12 4111111111111111',
    '0004111111111111111',
    'order-4222222222222',
  ])('holds the number of a card: %s', (text) => expect(holdsCardNumber(text)).toBe(true))

  it.each([
    'Padaria do Bairro',
    '4111111111111112',
    '411111111111',
    '411111******1111',
    'order 2026-11-29',
    '12345678901234567890123',
    'a4111b1111c1111d1111',
  ])('holds none: %s', (text) => expect(holdsCardNumber(text)).toBe(false))

  it.each([
    '8888777766660001',
    '8888-7777-6666-0001',
    '8888.7777:6666_0001',
    'pay 8888 7777 66660001!',
  ])('holds the card of its request, check digit or not: %s', (text) => {
    expect(holdsCardNumber(text)).toBe(false)
    expect(holdsCardNumber(text, '8888777766660001')).toBe(true)
  })

  it('that is a UUID is no card, unless it is that of the request', () => {
    const ofDigits = '41111111-1111-4111-8111-111111111111'
    expect(holdsCardNumber(ofDigits)).toBe(false)
    expect(holdsCardNumber(ofDigits, '4111111111114111')).toBe(true)
    for (let n = 0; n < 2_000; n++) expect(holdsCardNumber(randomUUID())).toBe(false)
  })

  it.each([
    ['8888777766660001', true],
    ['8888.7777_6666-0001', true],
    ['x-1764450000123', true],
    ['story-2025.03', false],
    ['a4111b1111c1111d1111', false],
    ['41111111-1111-4111-8111-111111111111', false],
  ])('%s might hold one: %s', (text, isTrue) => expect(mayHoldCardNumber(text)).toBe(isTrue))
})
