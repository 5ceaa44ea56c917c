import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { KafkaSettings } from '#core/kafka'

/** The requests a broker takes: by the number of the request, its lowest and highest version. */
export type ApiVersions = ReadonlyMap<number, { readonly min: number; readonly max: number }>

const apiVersionsKey = 18
const answerMsMax = 3_000
const clientId = 'corrente-doctor'

/**
 * Asks one broker which requests it takes. Answered before anybody has signed in, so it shows whether the address is
 * reached at all. Throws a sentence with the address.
 */
export async function askApiVersions(
  address: string,
  { security = {} }: Pick<KafkaSettings, 'security'>,
): Promise<ApiVersions> {
  const socket = opened(address, security)
  try {
    return versionsIn(await answered(socket, request()))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new Error(
      `the broker at ${address} does not answer (${code ?? message}): start it, or correct the address ` +
        `or KAFKA_SECURITY_PROTOCOL`,
    )
  } finally {
    socket.destroy()
  }
}

function opened(address: string, security: Readonly<Record<string, string>>): Socket {
  const at = address.lastIndexOf(':')
  const [host, port] = [address.slice(0, at), Number(address.slice(at + 1))]
  if (!security['security.protocol']?.endsWith('ssl')) return connectPlain({ host, port })
  const ca = security['ssl.ca.pem']
  return connectTls({ host, port, servername: host, ...(ca === undefined ? {} : { ca }) })
}

/** Version 0: header with key, version, correlation and client id; no body. */
function request(): Buffer {
  const body = Buffer.alloc(10 + clientId.length)
  body.writeInt16BE(apiVersionsKey, 0)
  body.writeInt16BE(0, 2)
  body.writeInt32BE(1, 4)
  body.writeInt16BE(clientId.length, 8)
  body.write(clientId, 10)
  const size = Buffer.alloc(4)
  size.writeInt32BE(body.length)
  return Buffer.concat([size, body])
}

/** Sends, and resolves with the answer behind its size. */
const answered = (socket: Socket, bytes: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    let read = Buffer.alloc(0)
    socket.setTimeout(answerMsMax, () =>
      reject(new Error(`nothing within ${answerMsMax / 1_000} s`)),
    )
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('it closed the connection')))
    socket.on('data', (chunk: Buffer) => {
      read = Buffer.concat([read, chunk])
      const size = read.length < 4 ? Infinity : read.readInt32BE(0)
      if (read.length >= 4 + size) resolve(read.subarray(4, 4 + size))
    })
    socket.write(bytes)
  })

/** Correlation, error, and an array of key, lowest and highest version. */
function versionsIn(answer: Buffer): ApiVersions {
  const count = answer.readInt32BE(6)
  return new Map(
    Array.from({ length: count }, (_, at) => {
      const from = 10 + at * 6
      const [key, min, max] = [0, 2, 4].map((offset) => answer.readInt16BE(from + offset))
      return [key!, { min: min!, max: max! }]
    }),
  )
}

const fetchKey = 1
const txnOffsetCommitKey = 28

/** Requests that came with a release, the newest first. */
const releases: readonly (readonly [version: string, isThere: (apis: ApiVersions) => boolean])[] = [
  ['4.0', (apis) => (apis.get(fetchKey)?.min ?? 0) >= 4],
  ['3.7', (apis) => apis.has(71)],
  ['3.0', (apis) => apis.has(65)],
  ['2.5', (apis) => hasFencedOffsets(apis)],
]

/** Whether offsets of a transaction carry the group's generation (KIP-447): without it nothing is exactly once. */
export const hasFencedOffsets = (apis: ApiVersions): boolean =>
  (apis.get(txnOffsetCommitKey)?.max ?? 0) >= 3

/** The oldest release that takes all these requests; undefined before 2.5. */
export const releaseOf = (apis: ApiVersions): string | undefined =>
  releases.find(([, isThere]) => isThere(apis))?.[0]
