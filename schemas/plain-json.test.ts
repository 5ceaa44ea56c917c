import { expect, it } from 'vitest'
import {
  emptyToNull,
  emptyToObject,
  listOf,
  mend,
  nullToMissing,
  numberToText,
  versionText,
} from '#schemas/plain-json'

it('knows how PHP writes that there is nothing', () => {
  expect(['', [], {}, null].map(emptyToNull)).toEqual([null, null, null, null])
  expect([0, false, ' ', [1], { a: 1 }].map(emptyToNull)).toEqual([0, false, ' ', [1], { a: 1 }])
  expect([null, '', []].map(emptyToObject)).toEqual([{}, {}, {}])
  expect(emptyToObject([1])).toEqual([1])
  expect(nullToMissing(null)).toBeUndefined()
  expect(nullToMissing(0)).toBe(0)
})

it('turns whole numbers into text, and no number that has lost digits', () => {
  expect(numberToText(1500)).toBe('1500')
  expect(numberToText(301000000012345688)).toBe(301000000012345688)
  expect(numberToText('x')).toBe('x')
})

it('gives a version its minor part', () => {
  expect([2, 2.5, '2', '2.0', 'x', null].map(versionText)).toEqual([
    '2.0',
    '2.5',
    '2.0',
    '2.0',
    'x',
    null,
  ])
})

it('mends members of objects and lets all else be', () => {
  expect(mend({ a: 1, b: 2 }, ({ a }) => ({ a: [a] }))).toEqual({ a: [1], b: 2 })
  expect(mend([1], () => ({}))).toEqual([1])
})

it('makes lists of maps, and loses no key', () => {
  const entry = { key: 'code', value: 'amount' }
  expect(listOf({ a: 1, b: { code: 'c' } }, entry)).toEqual([
    { code: 'a', amount: 1 },
    { code: 'c' },
  ])
  expect(listOf({ a: { amount: 1 }, b: { code: '' }, c: { code: null } }, entry)).toEqual([
    { code: 'a', amount: 1 },
    { code: 'b' },
    { code: 'c' },
  ])
  expect(listOf(null, entry)).toEqual([])
  expect(listOf('x', entry)).toBe('x')
})
