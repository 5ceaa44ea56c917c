import kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { onceServed } from '#apps/platform/once-served'

/** As the client gives it; the message is the broker's. */
const said = (type: string) =>
  Object.assign(new kafkajs.KafkaJSProtocolError('as a broker says it'), { type })

/** Work that fails so often, and then succeeds. */
function failing(times: number, error: Error) {
  let tries = 0
  const work = async () => {
    tries += 1
    if (tries <= times) throw error
    return tries
  }
  return work
}

describe('work on a topic that was just created', () => {
  it.each(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE', 'NOT_LEADER_FOR_PARTITION'])(
    'is done again where the broker answers %s, until it serves it',
    async (type) => {
      expect(await onceServed(failing(2, said(type)))).toBe(3)
    },
  )

  it('is done again where the client has given up on that answer', async () => {
    const cause = said('UNKNOWN_TOPIC_OR_PARTITION')
    const given = new kafkajs.KafkaJSNumberOfRetriesExceeded(cause, {
      retryCount: 5,
      retryTime: 100,
    })
    expect(await onceServed(failing(1, Object.assign(given, { cause })))).toBe(2)
  })

  it('fails at once by anything else', async () => {
    const work = failing(1, said('TOPIC_AUTHORIZATION_FAILED'))
    await expect(onceServed(work)).rejects.toThrow('as a broker says it')
    expect(await work()).toBe(2)
  })

  it('fails by what the broker says once the time is over', async () => {
    const always = failing(Infinity, said('UNKNOWN_TOPIC_OR_PARTITION'))
    await expect(onceServed(always, 400)).rejects.toMatchObject({
      type: 'UNKNOWN_TOPIC_OR_PARTITION',
    })
  })
})
