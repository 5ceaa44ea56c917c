import { expect, it } from 'vitest'
import { accepted } from '#apps/ksql-standin/http/accept'

const offer = { absent: 'a', any: 'b', byType: { 'application/json': 'c', 'text/x': 'd' } }

it.each([
  [undefined, 'a'],
  ['*/*', 'b'],
  ['application/*', 'b'],
  ['application/json; charset=utf-8', 'c'],
  ['Application/JSON', 'c'],
  ['text/html, text/x', 'd'],
  ['text/x;q=0.5, application/json;q=0.9', 'c'],
  ['text/x;q=0, */*;q=0.1', 'b'],
  ['text/html', undefined],
  ['text/x;q=0', undefined],
  ['constructor', undefined],
  ['', undefined],
])('answers Accept %j with %j', (header, format) => {
  expect(accepted(header, offer)).toBe(format)
})
