import { expect, it } from 'vitest'
import { secondLine, titleLine } from '#apps/corrente/demo-debits/screen'

const byCode = new Map([
  ['00', 210],
  ['51', 31],
  ['68', 2],
  ['14', 3],
  ['25', 1],
])

it('a second stands in one line below its titles', () => {
  const second = { answers: 247, p50Ms: 6.14, p99Ms: 3001, byCode, repeats: 12 }
  expect(`\n${titleLine()}\n${secondLine(12.67, second)}`).toBe(`
 hour answers/s   p50 ms   p99 ms    00    10    51    30    62    68    91 other  repeats
12:40       247      6.1   3001.0   210     .    31     .     .     2     .     4       12`)
})

it('a second without any answer says so', () => {
  const second = { answers: 0, p50Ms: undefined, p99Ms: undefined, byCode: new Map(), repeats: 0 }
  expect(secondLine(3, second)).toMatch(/^03:00 +0 +- +-( +\.){9}$/)
})
