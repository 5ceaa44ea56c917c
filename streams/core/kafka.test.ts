import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { isFatalEvent } from '#core/kafka'

const ofClient = createRequire(import.meta.url)('node-rdkafka/lib/error.js') as {
  create(error: Error): Error
}
/** An `event.error` as the client makes it of librdkafka's words. */
const told = (words: string) => ofClient.create(new Error(words))

describe('what a client tells beside its calls', () => {
  it('is fatal where librdkafka says so', () => {
    expect(isFatalEvent(told('Local: Fatal error'))).toBe(true)
  })

  it.each(['Local: Broker transport failure', 'Local: All broker connections are down'])(
    'passes: %s',
    (words) => expect(isFatalEvent(told(words))).toBe(false),
  )
})
