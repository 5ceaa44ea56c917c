import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Express, Request, RequestHandler, Response } from 'express'
import { type AnswerPlan, answerPlan } from '#apps/platform/object-store/answer-plan'
import { Problem } from '#apps/platform/problem'
import { type SignedLink, verifiedLink } from '#connectors/object-store-files/index'
import { attachmentNamed } from '#ports/object-link'
import type { ObjectStore, ReadObject, StoredObject } from '#ports/object-store'

export interface LinkServing {
  readonly store: Pick<ObjectStore, 'head' | 'get'>
  /** Those that links are signed with. */
  readonly secrets: readonly Uint8Array[]
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Who takes nothing for so long is cut off, milliseconds. */
  readonly stallMsMax?: number
}

/** How often an answer is planned anew for an object that is replaced at this very moment. */
const plansMax = 5

/**
 * Serves the links of `filesStore`, below a path, as S3 serves its own: to whoever has one, until it is over; ranges, so
 * that a download is resumed; no faster than it is taken. What is asked for is in no log: paths and queries never are.
 */
export function serveLinks(app: Express, path: string, serving: LinkServing): void {
  const { secrets, now = Date.now } = serving
  const serve: RequestHandler = async (request, response) => {
    const link = verifiedLink(keyOf(request), request.query, secrets)
    if (!link) throw new Problem(403, 'this link was not made here')
    if (link.expiresAtMs <= now()) throw new Problem(403, 'this link is over')
    await answer(request, response, { link, serving })
  }
  const refuse: RequestHandler = () => {
    const allow = 'GET, HEAD'
    throw new Problem(405, `only ${allow} is served at this path`, { headers: { allow } })
  }
  // HEAD runs the handler of GET.
  app.route(`${path}/*key`).get(serve).all(refuse)
}

// A slash inside a segment was written in another way than in the link.
const keyOf = ({ params }: Request): string =>
  (params['key'] as unknown as string[]).map((segment) => segment.replaceAll('/', '%2F')).join('/')

interface Asked {
  readonly link: SignedLink
  readonly serving: LinkServing
}

async function answer(request: Request, response: Response, asked: Asked): Promise<void> {
  const { object, plan, read } = await planned(request, asked)
  response.set({
    etag: object.etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    'last-modified': new Date(object.storedAt).toUTCString(),
  })
  if (!('from' in plan)) {
    if (plan.status === 416) response.set('content-range', `bytes */${object.bytes}`)
    return void response.status(plan.status).end()
  }
  const { status, from, to } = plan
  // As it was stored: express would add a character set.
  response.setHeader('content-type', object.contentType)
  response.set({
    'content-length': String(to - from),
    'content-disposition': attachmentNamed(asked.link.filename),
  })
  if (status === 206) response.set('content-range', `bytes ${from}-${to - 1}/${object.bytes}`)
  response.status(status)
  if (!read) return void response.end()
  await send(read, response, asked.serving.stallMsMax ?? 60_000)
}

interface Planned {
  readonly object: StoredObject
  readonly plan: AnswerPlan
  /** Where bytes are to be sent. */
  readonly read?: ReadObject
}

async function planned(
  { method, headers }: Request,
  { link: { key }, serving: { store } }: Asked,
): Promise<Planned> {
  for (let plans = 0; plans < plansMax; plans += 1) {
    const object = await store.head(key)
    if (!object) break
    const plan = answerPlan(method, headers, object)
    if (method === 'HEAD' || !('from' in plan) || plan.to === 0) return { object, plan }
    const read = await store.get(key, { from: plan.from, to: plan.to })
    if (read?.object.etag === object.etag) return { object, plan, read }
    await leave(read)
  }
  throw new Problem(404, 'what this link led to is not there any more')
}

async function leave(read: ReadObject | undefined): Promise<void> {
  if (read) for await (const _ of read.body) break
}

async function send({ body }: ReadObject, response: ServerResponse, ms: number): Promise<void> {
  response.setTimeout(ms, () => response.destroy())
  try {
    await pipeline(body, response)
  } catch (error) {
    // Who asked has left, or was cut off.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}
