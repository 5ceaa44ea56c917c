import { randomUUID } from 'node:crypto'
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
  md5,
  type SandboxBucket,
  type SandboxUpload,
  seconds,
} from '#connectors/object-store-s3/sandbox-state'

const partBytesMin = 5 * 1024 * 1024

/** What S3 answers about objects that are sent in parts. */
export function uploadAnswer(bucket: SandboxBucket, request: SandboxRequest): SandboxAnswer {
  const { method, key, query, headers } = request
  const { uploads, now } = bucket
  if (query.has('uploads') && method === 'GET') return listed(bucket, query)
  if (query.has('uploads')) {
    const UploadId = randomUUID()
    uploads.set(UploadId, { key, atMs: now(), headers: keptHeaders(headers), parts: new Map() })
    return xml('InitiateMultipartUploadResult', membersOf({ Key: key, UploadId }))
  }
  const id = query.get('uploadId') ?? ''
  const upload = uploads.get(id)
  if (upload?.key !== key) return failure(404, 'NoSuchUpload')
  if (method === 'DELETE') {
    uploads.delete(id)
    return { status: 204 }
  }
  if (method === 'PUT') return sent(bucket, upload, request)
  return completed(bucket, upload, { id, body: request.body.toString() })
}

function sent(
  { objects }: SandboxBucket,
  { parts }: SandboxUpload,
  { query, headers, body }: SandboxRequest,
): SandboxAnswer {
  const number = Number(query.get('partNumber'))
  const source = headers['x-amz-copy-source']
  if (source === undefined) {
    parts.set(number, body)
    return { status: 200, headers: { etag: etagOf(body) } }
  }
  const from = objects.get(decodeURIComponent(source).split('/').slice(1).join('/'))
  if (!from) return failure(404, 'NoSuchKey')
  if ((headers['x-amz-copy-source-if-match'] ?? from.etag) !== from.etag) {
    return failure(412, 'PreconditionFailed')
  }
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers['x-amz-copy-source-range'] ?? '') ?? []
  if (Number(last) >= from.body.length) return failure(400, 'InvalidArgument')
  const copy = first === undefined ? from.body : from.body.subarray(Number(first), Number(last) + 1)
  parts.set(number, copy)
  return xml('CopyPartResult', membersOf({ ETag: etagOf(copy) }))
}

function completed(
  { objects, uploads, now }: SandboxBucket,
  { key, headers, parts }: SandboxUpload,
  { id, body }: { readonly id: string; readonly body: string },
): SandboxAnswer {
  const numbers = textsOf(body, 'PartNumber').map(Number)
  const etags = textsOf(body, 'ETag')
  const named = numbers.map((number) => parts.get(number))
  const isKnown = named.every((part, at) => part && etagOf(part) === etags[at])
  if (!isKnown || numbers.length === 0) return failure(400, 'InvalidPart')
  if (numbers.some((number, at) => number <= (numbers[at - 1] ?? 0))) {
    return failure(400, 'InvalidPartOrder')
  }
  const all = named as readonly Buffer[]
  if (all.slice(0, -1).some(({ length }) => length < partBytesMin)) {
    return failure(400, 'EntityTooSmall')
  }
  const etag = `"${md5(Buffer.concat(all.map(md5))).toString('hex')}-${all.length}"`
  objects.set(key, { body: Buffer.concat(all), etag, atMs: now(), headers })
  uploads.delete(id)
  return xml('CompleteMultipartUploadResult', membersOf({ Key: key, ETag: etag }))
}

function listed({ uploads }: SandboxBucket, query: URLSearchParams): SandboxAnswer {
  const [prefix, max] = [query.get('prefix') ?? '', Number(query.get('max-uploads') ?? 1_000)]
  const after = [query.get('key-marker') ?? '', query.get('upload-id-marker') ?? ''].join('\0')
  const all = [...uploads].filter(([, { key }]) => key.startsWith(prefix))
  const placeOf = ([id, { key }]: [string, SandboxUpload]) => `${key}\0${id}`
  const behind = all.filter((one) => placeOf(one) > after)
  const sorted = behind.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
  const page = sorted.slice(0, max)
  const last = page.at(-1)
  const told = page.map(([id, { key, atMs }]) =>
    element('Upload', membersOf({ Key: key, UploadId: id, Initiated: seconds(atMs) })),
  )
  return xml('ListMultipartUploadsResult', [
    element('IsTruncated', String(sorted.length > max)),
    ...(last ? membersOf({ NextKeyMarker: last[1].key, NextUploadIdMarker: last[0] }) : []),
    ...told,
  ])
}
