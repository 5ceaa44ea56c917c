import { describe, expect, it } from 'vitest'
import { RejectedError } from '#core/errors'
import { deadLetter } from '#core/dead-letter'
import { recordOf } from '#core/example-unit'
import { derivedId } from '#core/identity'
import { asFirstRead } from '#core/redriven'

const first = recordOf(Buffer.from('{}'), { 'correlation-id': 'story' })
const cause = { unit: 'u', appVersion: '1', error: new RejectedError('no', 'no'), attempts: 1 }
const sentBack = {
  ...first,
  ...deadLetter(first, cause),
  topic: 'u.redrive',
  offset: 0,
  timestamp: 9,
}

describe('a dead letter sent back', () => {
  it('is the record that was first read, makes the same ids, and says when it was sent back', () => {
    const read = asFirstRead({ ...sentBack, partition: 2 })
    expect(read).toEqual({ ...first, sentBackAt: 9 })
    expect(derivedId('u', read, 'id/0')).toBe(derivedId('u', first, 'id/0'))
  })

  it('remembers how often it was sent back', () => {
    const again = { ...sentBack, headers: { ...sentBack.headers, 'dlq.redrives': '2' } }
    expect(asFirstRead({ ...again, partition: 2 }).headers['dlq.redrives']).toBe('2')
  })

  it('stands for itself where its provenance is missing or damaged', () => {
    const stranger = { ...first, topic: 'u.redrive' }
    expect(asFirstRead(stranger)).toBe(stranger)
    const damaged = { ...stranger, headers: { ...sentBack.headers, 'dlq.offset': 'x' } }
    expect(asFirstRead(damaged)).toBe(damaged)
  })

  it('stands for itself on another partition, whose rows are not those of the first', () => {
    const astray = { ...sentBack, partition: first.partition + 1 }
    expect(asFirstRead(astray)).toBe(astray)
  })
})
