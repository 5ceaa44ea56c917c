import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { parse } from 'lossless-json'
import { refusal } from '#apps/debit-edge/reading/refusal'

/** A JSON object as it was sent: numbers are LosslessNumber, with every digit. */
export type Body = Readonly<Record<string, unknown>>

export const bodyBytesMax = 16 * 1024

const isJson = /^application\/json\s*(?:;|$)/i

/**
 * The JSON object a request carries. Problem 400 where it is none, 413 above 16 kB, 415 where it does not say that it is
 * JSON: a page of another site could send anything else without asking.
 */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const { headers } = request
  if (!isJson.test(headers['content-type'] ?? '')) {
    throw unreadable(415, 'the body must be application/json')
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw unreadable(415, 'the body is taken without a content coding only')
  }
  if (Number(headers['content-length'] ?? 0) > bodyBytesMax) throw tooLarge()
  return objectIn(await bytesOf(request))
}

const unreadable = (status: number, detail: string) =>
  refusal(status, { code: '30', reason: 'unreadable-body', detail })

const tooLarge = () => unreadable(413, `the body is larger than ${bodyBytesMax} bytes`)

const bytesOf = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= bodyBytesMax) chunks.push(chunk)
      // What still comes is let go by: a caller that is cut off in the middle would not see the answer.
      else if (chunks.splice(0).length > 0 || length === chunk.length) reject(tooLarge())
    })
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    request.once('close', () => {
      if (!request.complete) reject(unreadable(400, 'the body ends before it is whole'))
    })
  })

function objectIn(bytes: Buffer): Body {
  const value = isUtf8(bytes) ? valueIn(bytes.toString()) : undefined
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body
  throw unreadable(400, 'the body is no JSON object')
}

// What the parser says repeats what it read; and what is nested too deeply for it is a RangeError.
function valueIn(text: string): unknown {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}
