/** An answer of HTTP/1.1 as a lean client needs it. */
export interface HttpAnswer {
  readonly status: number
  readonly body: string
}

const lengthOf = /\r\ncontent-length: (\d+)\r\n/i
const isChunked = /\r\ntransfer-encoding: chunked\r\n/i
const lastChunk = '\r\n0\r\n\r\n'

/**
 * The answer in a text of latin1 characters, one a byte; undefined while it is not all there. Where its body comes in
 * chunks, their sizes are left in it. Throws for what is no answer.
 */
export function answerIn(text: string): HttpAnswer | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const status = Number(text.slice(9, 12))
  if (!text.startsWith('HTTP/1.1 ') || !(status >= 200))
    throw new Error(`no answer: ${text.slice(0, 80)}`)
  const head = text.slice(0, end + 2)
  const body = text.slice(end + 4)
  const length = lengthOf.exec(head)
  if (length) return body.length < Number(length[1]) ? undefined : { status, body }
  if (!isChunked.test(head)) return { status, body }
  return text.endsWith(lastChunk) ? { status, body } : undefined
}
