import { describe, expect, it } from 'vitest'
import { deadLetter } from '#core/dead-letter'
import { RejectedError } from '#core/errors'
import { recordOf } from '#core/example-unit'
import { deadLetterOf, type Decision, placeOf, redriven, redriveRefusal } from '#core/redrive'
import type { InputRecord } from '#core/records'

const original = recordOf(Buffer.from([0, 1, 2, 0xff]), { 'correlation-id': 'story-1' })
const cause = (error: unknown) => ({ unit: 'echo', appVersion: '1.0.0', error, attempts: 3 })
const rejected = new RejectedError('no-tax-code', 'the applicant has none')

/** The letter as it is read back, at offset 9 of its topic. */
const letterOf = (record: InputRecord) => {
  const written = deadLetter(record, cause(rejected))
  return deadLetterOf('echo', { ...record, ...written, partition: record.partition, offset: 9 })
}
const decision: Decision = {
  action: 'dropped',
  at: '2026-01-15T10:00:00+01:00',
  operator: null,
  reason: 'a test of the writer',
}

describe('a dead letter', () => {
  it('says where its original stood and why it was set aside', () => {
    expect(letterOf(original)).toMatchObject({
      unit: 'echo',
      origin: { topic: 'in', partition: 2, offset: 41 },
      error: 'no-tax-code',
      message: 'the applicant has none',
      attempts: 3,
      redrives: 0,
      leftInPlaceBytes: undefined,
    })
    expect(placeOf(letterOf(original).record)).toBe('echo.dlq@2:9')
  })

  it('goes back byte by byte to the partition it came from, and says that it did', () => {
    const letter = letterOf(original)
    const sent = redriven(letter)
    expect(sent).toEqual({
      topic: 'echo.redrive',
      partition: 2,
      key: original.key,
      value: original.value,
      headers: { ...letter.record.headers, 'dlq.redrives': '1' },
    })
    expect(sent.headers).toMatchObject({
      'correlation-id': 'story-1',
      'dlq.topic': 'in',
      'dlq.partition': '2',
      'dlq.offset': '41',
      'dlq.timestamp': String(original.timestamp),
    })
  })

  it('is not sent round for ever: not twice by itself, again only when it is asked for', () => {
    const letter = letterOf(original)
    expect(redriveRefusal(letter, undefined, false)).toBeUndefined()
    const failedAgain = letterOf({ ...original, headers: redriven(letter).headers })
    expect(failedAgain.redrives).toBe(1)
    expect(redriveRefusal(failedAgain, undefined, false)).toMatch(/redriven once already/)
    expect(redriveRefusal(failedAgain, undefined, true)).toBeUndefined()
    expect(redriven(failedAgain).headers['dlq.redrives']).toBe('2')
  })

  it('goes round at most ten times, whoever takes it on himself, by new letters or by the same one', () => {
    const often = { ...letterOf(original), redrives: 9 }
    expect(redriveRefusal(often, undefined, true)).toBeUndefined()
    expect(redriveRefusal({ ...often, redrives: 10 }, undefined, true)).toMatch(
      /^the original was redriven 10 times and 10 is the most: it goes round in a loop/,
    )
    const sentBack: Decision = { ...decision, action: 'redriven', redrives: 1 }
    expect(redriven(often, sentBack).headers['dlq.redrives']).toBe('11')
    expect(redriveRefusal(often, sentBack, true)).toMatch(/goes round in a loop/)
    expect(redriveRefusal(often, sentBack, true, 11)).toBeUndefined()
  })

  it('that was decided on stays decided unless it is asked for', () => {
    expect(redriveRefusal(letterOf(original), decision, false)).toMatch(
      /^it was dropped at 2026-01-15/,
    )
    expect(redriveRefusal(letterOf(original), decision, true)).toBeUndefined()
  })

  it('without the bytes of its original cannot go back, and says where that stands', () => {
    const large = letterOf({ ...original, value: Buffer.alloc(2_100_000) })
    expect(redriveRefusal(large, undefined, true)).toMatch(
      /^the original has 210\d{4} bytes, more than Kafka takes back, and stands at in@2:41: /,
    )
  })
})
