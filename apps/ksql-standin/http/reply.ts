import type { IncomingMessage, ServerResponse } from 'node:http'
import { mediaTypes } from '#apps/ksql-standin/http/accept'
import { genericError, KsqlError } from '#apps/ksql-standin/sql/ksql-error'

type Headers = Readonly<Record<string, string>>

/** Answers without a body. */
export function sendEmpty(response: ServerResponse, status: number, headers: Headers = {}): void {
  response.writeHead(status, { ...headers, 'content-length': '0' })
  response.end()
}

/** Answers JSON; without a content type where the real server gives none. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  hasType = true,
): void {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  response.writeHead(status, {
    ...(hasType ? { 'content-type': mediaTypes.json } : {}),
    'content-length': String(bytes.length),
  })
  response.end(bytes)
}

/** A refusal, and whether its answer says that it is JSON. */
export class Refusal extends Error {
  override readonly cause: KsqlError
  readonly hasType: boolean

  constructor(cause: KsqlError, hasType: boolean) {
    super(cause.message)
    this.cause = cause
    this.hasType = hasType
  }
}

export const sendRefusal = (response: ServerResponse, { cause, hasType }: Refusal): void =>
  sendJson(response, cause.status, cause.body, hasType)

const bodyBytesMax = 1_048_576
const bodyMsMax = 30_000

/** The members of the request's body. Throws Refusal. */
export async function readMembers(
  request: IncomingMessage,
): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(request)
  if (text === '') {
    // What the real server makes of it depends on where it is read.
    const isRead = request.httpVersionMajor === 2 && request.url === '/query-stream'
    throw new Refusal(genericError('the request has no body', isRead ? 40000 : 50000), false)
  }
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new Refusal(genericError('the body is no JSON'), false)
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    return body as Readonly<Record<string, unknown>>
  }
  throw new Refusal(genericError('the body is no JSON object'), false)
}

/** By its events: an iterator over the chunks would cost more than all else that is done with them. */
const readText = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => request.destroy(), bodyMsMax)
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= bodyBytesMax) return void chunks.push(chunk)
      // What still comes is dropped: left alone it would hold the connection's next request.
      reject(new Refusal(genericError('the body is larger than is taken here', 41300), false))
    })
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.once('error', reject)
    request.once('close', () => {
      clearTimeout(late)
      if (!request.complete) reject(new Error('the request was cut short'))
    })
  })

/** An object of a request by name; nothing where it is null or absent. Throws Refusal. */
export function objectIn(
  members: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  const value = members[name] ?? {}
  if (typeof value === 'object' && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>
  }
  throw new Refusal(genericError(`${name} is no object`), false)
}
