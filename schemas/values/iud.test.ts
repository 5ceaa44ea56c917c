import { expect, it } from 'vitest'
import { parseIud } from '#schemas/values/iud'

it('is 32 hex digits in lower case', () => {
  expect(parseIud('5f0c7a522a0d4c559a3e0d6f6e1b7c11')).toBe('5f0c7a522a0d4c559a3e0d6f6e1b7c11')
  expect(parseIud('5F0C7A522A0D4C559A3E0D6F6E1B7C11')).toBe('5f0c7a522a0d4c559a3e0d6f6e1b7c11')
})

it.each([
  '',
  '../5f0c',
  '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11',
  '5f0c7a522a0d4c559a3e0d6f6e1b7c1',
  '5f0c7a522a0d4c559a3e0d6f6e1b7c111',
  '5f0c7a522a0d4c559a3e0d6f6e1b7c1g',
])('is not %j', (text) => {
  expect(() => parseIud(text)).toThrow('is not 32 hex digits')
})

it('is never a JSON number', () => {
  expect(() => parseIud(5)).toThrow('is a number; an iud is text')
})
