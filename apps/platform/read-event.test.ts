import { describe, expect, it } from 'vitest'
import { readEvent } from '#apps/platform/read-event'
import { readSample } from '#schemas/samples/sample'
import { applications } from '#schemas/topics'
import { InvalidValueError } from '#schemas/values/invalid-value'

const sample = readSample('application')
const read = (changes: object) => readEvent(applications, { ...sample, ...changes })

const refusal = (json: unknown) => {
  try {
    readEvent(applications, json)
    return undefined
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidValueError)
    const { pointer, reason } = error as InvalidValueError
    return { pointer, reason }
  }
}

describe('readEvent', () => {
  it('reads an application', () => {
    expect(read({})).toMatchObject({ id: sample['id'], event_version: '2.0' })
  })

  it.each([2, 2.0, '2', '2.3'])('T1 takes version %j', (event_version) => {
    expect(read({ event_version })['event_version']).toMatch(/^2\.\d$/)
  })

  it.each([
    [1, 'is version 1; version 2 is taken here'],
    ['3.0', 'is version 3; version 2 is taken here'],
    ['two', 'is no version such as 2.0'],
    [null, 'is no version such as 2.0'],
  ])('T2, T15: takes no version %j', (event_version, reason) => {
    expect(refusal({ ...sample, event_version })).toEqual({ pointer: '/event_version', reason })
  })

  it('T11 drops what a collector adds', () => {
    const event = read({ 'x-forwarded-for': '203.0.113.7', source_type: 'http', path: '/a' })
    expect(Object.keys(event)).not.toContain('x-forwarded-for')
    expect(event).toEqual(read({}))
  })

  it.each([undefined, null, 'text', 5, []])('T13 refuses %j', (json) => {
    expect(refusal(json)).toMatchObject({ pointer: '' })
  })

  it('points at what is wrong and repeats no value', () => {
    const { event_id: _, ...rest } = sample
    expect(refusal(rest)).toEqual({ pointer: '/event_id', reason: 'is missing' })
    const wrong = { ...sample, user: 'PRVLCU85M15X000R' }
    expect(refusal(wrong)).toEqual({ pointer: '/user', reason: 'is not a UUID' })
  })
})
