import { expect, it } from 'vitest'
import { InvalidValueError, kindOf, textOf } from '#schemas/values/invalid-value'

it('says where and why, with the tokens of a JSON pointer escaped', () => {
  const error = new InvalidValueError('is wrong').under(0).under('a/b~c').under('split')
  expect(error.pointer).toBe('/split/a~1b~0c/0')
  expect(error.reason).toBe('is wrong')
  expect(error.message).toBe('/split/a~1b~0c/0: is wrong')
  expect(new InvalidValueError('is wrong').message).toBe('is wrong')
})

it('names the kind of a value, never the value', () => {
  expect([undefined, null, [], {}, 1, 'x', true].map(kindOf)).toEqual([
    'missing',
    'null',
    'a list',
    'an object',
    'a number',
    'a string',
    'a boolean',
  ])
  expect(textOf('x', 'a name')).toBe('x')
  expect(() => textOf(1, 'a name')).toThrow('is a number; a name is text')
})
