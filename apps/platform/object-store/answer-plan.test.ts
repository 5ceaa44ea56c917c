import { describe, expect, it } from 'vitest'
import { answerPlan } from '#apps/platform/object-store/answer-plan'

const object = { etag: '"now"', bytes: 1_000 }
const plan = (asked: Parameters<typeof answerPlan>[1], method = 'GET') =>
  answerPlan(method, asked, object)
const whole = { status: 200, from: 0, to: 1_000 }

describe('a range', () => {
  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=0-', 0, 1_000],
    ['bytes=10-19', 10, 20],
    ['bytes=999-', 999, 1_000],
    ['bytes=990-5000', 990, 1_000],
    ['bytes=-1', 999, 1_000],
    ['bytes=-5000', 0, 1_000],
    ['BYTES=1-1', 1, 2],
  ])('%s is answered', (range, from, to) => {
    expect(plan({ range })).toEqual({ status: 206, from, to })
  })

  it.each(['bytes=1000-', 'bytes=1000-2000', 'bytes=-0', `bytes=${'9'.repeat(30)}-`])(
    '%s is none of the object',
    (range) => {
      expect(plan({ range })).toEqual({ status: 416 })
    },
  )

  it.each(['bytes=0-1,5-6', 'bytes=5-4', 'bytes=', 'bytes=-', 'bytes=a-b', 'lines=0-1', '', '0-1'])(
    '%j is passed over',
    (range) => {
      expect(plan({ range })).toEqual(whole)
    },
  )

  it('of an object without bytes is none of it', () => {
    const empty = { ...object, bytes: 0 }
    expect(answerPlan('GET', { range: 'bytes=0-' }, empty)).toEqual({ status: 416 })
    expect(answerPlan('GET', { range: 'bytes=-1' }, empty)).toEqual({ status: 416 })
    expect(answerPlan('GET', {}, empty)).toEqual({ ...whole, to: 0 })
  })

  it('is for GET alone', () => {
    expect(plan({ range: 'bytes=0-1' }, 'HEAD')).toEqual(whole)
  })
})

describe('a condition', () => {
  it.each(['"now"', '"other", "now"', 'W/"now"', '*'])('If-None-Match: %s is met', (tag) => {
    expect(plan({ 'if-none-match': tag, range: 'bytes=0-1' })).toEqual({ status: 304 })
  })

  it.each(['"other"', 'now', ''])('If-None-Match: %j is not', (tag) => {
    expect(plan({ 'if-none-match': tag })).toEqual(whole)
  })

  it.each([
    ['"now"', 200],
    ['*', 200],
    ['"other"', 412],
    // A weak tag says nothing of the bytes.
    ['W/"now"', 412],
  ])('If-Match: %s is answered with %i', (tag, status) => {
    expect(plan({ 'if-match': tag }).status).toBe(status)
  })

  it.each([
    ['"now"', 206],
    ['"other"', 200],
    ['W/"now"', 200],
    ['Mon, 30 Nov 2026 10:00:00 GMT', 200],
  ])('If-Range: %s is answered with %i', (tag, status) => {
    expect(plan({ 'if-range': tag, range: 'bytes=5-' }).status).toBe(status)
  })
})
