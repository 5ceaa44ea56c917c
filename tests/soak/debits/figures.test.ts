import { describe, expect, it } from 'vitest'
import { beganMs, PlayedDebits, tried } from '#tests/soak/debits/example-run'
import { answerCounts, endCounts, kindCounts, recoveries, waits } from '#tests/soak/debits/figures'

const played = new PlayedDebits()
const late = tried(504, '{"code":"68"}', { tookMs: 3_000 })
const debit = played.approved('Debit', 'a', 100)
debit.tries.unshift(late)
debit.others.push(tried(422, '{"code":"30"}'))
played.wish('Debit', 'b').tries.push(late, tried(undefined, 'fetch failed', { tookMs: 9_000 }))
const run = { asked: played.asked, strikes: [] }

describe('the figures of a run', () => {
  it('count requests by what they ask for, and by what their clients know in the end', () => {
    expect(kindCounts(run)).toEqual([
      ['Debit', 2],
      ['OpenAccount', 1],
    ])
    expect(endCounts(run)).toEqual([
      ['approved', 2],
      ['never told what was decided, last no answer', 1],
    ])
  })

  it('count every try by its answer', () => {
    expect(answerCounts(run)).toEqual([
      ['200, code 00', 2],
      ['422, code 30', 1],
      ['504, code 68', 2],
      ['no answer', 1],
    ])
  })

  it('tell how long answers took, where there was one', () => {
    expect(waits(run)).toEqual({ p50: 20, p99: 3_000, max: 3_000 })
  })

  it('tell when what was asked after a strike was approved for the first time', () => {
    const strikes = [-4_000, 1].map((ms) => {
      return { what: 'a strike', atMs: beganMs + ms, untilMs: beganMs + ms }
    })
    expect(recoveries({ ...run, strikes })).toEqual([4.02, Infinity])
  })
})
