import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import {
  element,
  failure,
  membersOf,
  type SandboxAnswer,
  type SandboxRequest,
  textsOf,
  xml,
} from '#connectors/object-store-s3/sandbox-answers'
import {
  etagOf,
  keptHeaders,
  type SandboxBucket,
  seconds,
} from '#connectors/object-store-s3/sandbox-state'
import { uploadAnswer } from '#connectors/object-store-s3/sandbox-uploads'

/** Whether the bytes are those that the sender told the checksum of. */
export function isSound({ headers, body }: SandboxRequest): boolean {
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  const right: Readonly<Record<string, string>> = {
    'x-amz-checksum-crc32': sum.toString('base64'),
    'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64'),
    'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
  }
  return Object.entries(right).every(([name, value]) => (headers[name] ?? value) === value)
}

/** Answers as S3 does to what the store asks of it; anything else is not implemented. */
export function answerOf(bucket: SandboxBucket, request: SandboxRequest): SandboxAnswer {
  const { method, key, query } = request
  if (request.bucket !== bucket.name) return failure(404, 'NoSuchBucket')
  if (!isSound(request)) return failure(400, 'BadDigest')
  if (query.has('uploads') || query.has('uploadId')) return uploadAnswer(bucket, request)
  if (key === '' && method === 'GET') return listed(bucket, query)
  if (key === '' && method === 'POST' && query.has('delete')) return deleted(bucket, request)
  if (method === 'PUT') return put(bucket, request)
  if (method === 'GET' || method === 'HEAD') return got(bucket, request)
  return failure(501, 'NotImplemented')
}

function put(
  { objects, now }: SandboxBucket,
  { key, headers, body }: SandboxRequest,
): SandboxAnswer {
  if (headers['if-none-match'] === '*' && objects.has(key))
    return failure(412, 'PreconditionFailed')
  const etag = etagOf(body)
  objects.set(key, { body, etag, atMs: now(), headers: keptHeaders(headers) })
  return { status: 200, headers: { etag } }
}

function got({ objects }: SandboxBucket, { key, headers, query }: SandboxRequest): SandboxAnswer {
  const found = objects.get(key)
  if (!found) return failure(404, 'NoSuchKey')
  const { body, etag, atMs } = found
  if ((headers['if-match'] ?? etag) !== etag) return failure(412, 'PreconditionFailed')
  if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } }
  const overrides = Object.fromEntries(
    [...query].flatMap(([name, value]) =>
      name.startsWith('response-') ? [[name.slice('response-'.length), value]] : [],
    ),
  ) as Record<string, string>
  const told = {
    ...found.headers,
    etag,
    'last-modified': new Date(atMs).toUTCString(),
    'accept-ranges': 'bytes',
    ...overrides,
  }
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers['range'] ?? '') ?? []
  if (from === undefined) return { status: 200, headers: told, body }
  if (Number(from) >= body.length) return failure(416, 'InvalidRange')
  const end = Math.min(to ? Number(to) + 1 : body.length, body.length)
  const range = `bytes ${from}-${end - 1}/${body.length}`
  const some = body.subarray(Number(from), end)
  return { status: 206, headers: { ...told, 'content-range': range }, body: some }
}

function listed({ objects }: SandboxBucket, query: URLSearchParams): SandboxAnswer {
  const [prefix, after] = [query.get('prefix') ?? '', query.get('continuation-token') ?? '']
  const max = Number(query.get('max-keys') ?? 1_000)
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort()
  const page = keys.slice(0, max)
  const isTruncated = keys.length > max
  const contents = page.map((key) => {
    const { body, etag, atMs } = objects.get(key)!
    const told = { Key: key, LastModified: seconds(atMs), ETag: etag, Size: body.length }
    return element('Contents', membersOf(told))
  })
  const next = isTruncated ? [element('NextContinuationToken', page.at(-1)!)] : []
  const isMore = element('IsTruncated', String(isTruncated))
  return xml('ListBucketResult', [isMore, ...next, ...contents])
}

function deleted({ objects }: SandboxBucket, { body }: SandboxRequest): SandboxAnswer {
  for (const key of textsOf(body.toString(), 'Key')) objects.delete(key)
  return xml('DeleteResult', [])
}
