import { describe, expect, it } from 'vitest'
import { answerIn } from '#tests/bench/debits/http-answer'

const whole = 'HTTP/1.1 409 Conflict\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello'
const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'

describe('an answer', () => {
  it('is there once all its bytes are, and not before', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(answerIn(whole.slice(0, length))).toBeUndefined()
    }
    expect(answerIn(whole)).toEqual({ status: 409, body: 'hello' })
  })

  it('in chunks is there once the last of them is', () => {
    for (let length = 0; length < chunked.length; length++) {
      expect(answerIn(chunked.slice(0, length))).toBeUndefined()
    }
    expect(answerIn(chunked)?.status).toBe(200)
  })

  it('without a body is there with its head', () => {
    expect(answerIn('HTTP/1.1 204 No Content\r\n\r\n')).toEqual({ status: 204, body: '' })
  })

  it('is nothing else', () => {
    expect(() => answerIn('hello\r\n\r\n')).toThrow('no answer: hello')
  })
})
