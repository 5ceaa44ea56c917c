import { expect, it } from 'vitest'
import { majorVersionOf } from '#schemas/event-version'

it.each([
  [2, 2],
  [2.3, 2],
  ['2', 2],
  ['2.0', 2],
  ['2.3.1', 2],
  [1, 1],
  ['1.0', 1],
  ['3.0', 3],
  ['10.0', 10],
  ['v2', undefined],
  ['', undefined],
  [-1, undefined],
  [null, undefined],
  [[2], undefined],
])('T1: the major version of %j is %j', (event_version, major) => {
  expect(majorVersionOf({ event_version })).toBe(major)
})

it.each([{}, null, [], '2.0', 2])('T1: %j has no version', (json) => {
  expect(majorVersionOf(json)).toBeUndefined()
})
