import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import {
  type SandboxAnswer,
  failure,
  type SandboxRequest,
} from '#connectors/object-store-s3/sandbox-answers'

export interface SandboxKey {
  readonly id: string
  readonly secret: string
}

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()
const hex = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')

/** Where a signature is, and what it says it is of. */
interface Shown {
  readonly credential: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
  readonly date: string
  readonly payload: string
  /** Seconds, of a URL. */
  readonly expires?: number
}

/** Why a request is refused that AWS Signature 4 does not cover, by header or by query; undefined where it does. */
export function refusedBy(
  key: SandboxKey,
  request: SandboxRequest,
  nowMs: number,
): SandboxAnswer | undefined {
  const shown = shownBy(request)
  if (!shown) return failure(403, 'AccessDenied')
  const [id, day = '', region = '', service = ''] = shown.credential.split('/')
  if (id !== key.id) return failure(403, 'InvalidAccessKeyId')
  const beganMs = Date.parse(
    shown.date.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'),
  )
  if (shown.expires !== undefined && beganMs + 1_000 * shown.expires <= nowMs) {
    return failure(403, 'AccessDenied')
  }
  const scope = `${day}/${region}/${service}/aws4_request`
  const signed = ['AWS4-HMAC-SHA256', shown.date, scope, hex(canonical(request, shown))].join('\n')
  const signing = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${key.secret}`,
  )
  const right = hmac(signing, signed)
  const given = Buffer.from(shown.signature, 'hex')
  const isRight = given.length === right.length && timingSafeEqual(given, right)
  return isRight ? undefined : failure(403, 'SignatureDoesNotMatch')
}

function shownBy({ headers, query }: SandboxRequest): Shown | undefined {
  if (query.has('X-Amz-Signature')) {
    return {
      credential: query.get('X-Amz-Credential') ?? '',
      signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
      signature: query.get('X-Amz-Signature') ?? '',
      date: query.get('X-Amz-Date') ?? '',
      payload: 'UNSIGNED-PAYLOAD',
      expires: Number(query.get('X-Amz-Expires')),
    }
  }
  const [, credential, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(
      headers['authorization'] ?? '',
    ) ?? []
  if (credential === undefined || names === undefined || signature === undefined) return undefined
  const date = headers['x-amz-date'] ?? ''
  const payload = headers['x-amz-content-sha256'] ?? ''
  return { credential, signedHeaders: names.split(';'), signature, date, payload }
}

function canonical(request: SandboxRequest, { signedHeaders, payload }: Shown): string {
  const pairs = [...request.query].filter(([name]) => name !== 'X-Amz-Signature')
  const query = pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort()
  const headers = signedHeaders.map((name) => {
    return `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`
  })
  return [
    request.method,
    request.rawPath,
    query.join('&'),
    headers.join(''),
    signedHeaders.join(';'),
    payload,
  ].join('\n')
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => {
    return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
  })
