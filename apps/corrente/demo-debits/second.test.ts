import { expect, it } from 'vitest'
import { Seconds } from '#apps/corrente/demo-debits/second'

it('a second has its answers by code, and what half of them and nearly all of them took at most', () => {
  const seconds = new Seconds()
  for (let ms = 200; ms > 0; ms--) seconds.answered(ms > 190 ? '51' : '00', ms)
  seconds.repeated()
  const counts = [...seconds.takeOut().byCode].sort()
  expect(counts).toEqual([
    ['00', 190],
    ['51', 10],
  ])
})

it('half of the answers took no longer than p50, 99 of a hundred no longer than p99', () => {
  const seconds = new Seconds()
  for (let ms = 200; ms > 0; ms--) seconds.answered('00', ms)
  seconds.repeated()
  expect(seconds.takeOut()).toMatchObject({ answers: 200, p50Ms: 100, p99Ms: 198, repeats: 1 })
})

it('the next second begins with nothing', () => {
  const seconds = new Seconds()
  seconds.answered('00', 5)
  seconds.repeated()
  seconds.takeOut()
  expect(seconds.takeOut()).toEqual({
    answers: 0,
    p50Ms: undefined,
    p99Ms: undefined,
    byCode: new Map(),
    repeats: 0,
  })
})
