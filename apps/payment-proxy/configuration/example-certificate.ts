import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

/** A certificate and its key, both PEM, that a server on the loopback shows; trusted by whoever is given it as a CA. */
export interface ExampleCertificate {
  readonly cert: string
  readonly key: string
}

const tags = { integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, text: 0x0c, time: 0x18 }
const sequence = 0x30
const set = 0x31

/** One value in DER: its tag, its length, its parts. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content])
  const length = [...Buffer.from(content.length.toString(16).padStart(4, '0'), 'hex')]
  const shortest = length[0] === 0 ? length.slice(1) : length
  return Buffer.concat([Buffer.from([tag, 0x80 + shortest.length, ...shortest]), content])
}

const oid = (...bytes: readonly number[]) => der(tags.oid, Buffer.from(bytes))
const ecdsaWithSha256 = der(sequence, oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))
const commonName = oid(0x55, 0x04, 0x03)
const alternativeNames = oid(0x55, 0x1d, 0x11)

const timeOf = (at: Date) =>
  der(tags.time, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, ''), 'latin1'))

function bodyOf(days: number, publicKey: KeyObject): Buffer {
  const day = 24 * 3_600_000
  const from = new Date(Date.now() - 400 * day)
  const until = new Date(Date.now() + days * day + day / 2)
  const named = der(sequence, commonName, der(tags.text, Buffer.from('example')))
  const name = der(sequence, der(set, named))
  const loopback = der(0x87, Buffer.from([127, 0, 0, 1]))
  const names = der(sequence, alternativeNames, der(tags.octets, der(sequence, loopback)))
  return der(
    sequence,
    der(0xa0, der(tags.integer, Buffer.from([2]))),
    der(tags.integer, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    der(sequence, timeOf(from), timeOf(until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(sequence, names)),
  )
}

/** A certificate of 127.0.0.1, signed by itself, good for so many days and a half. */
export function exampleCertificate(days: number): ExampleCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const body = bodyOf(days, publicKey)
  const signature = der(tags.bits, Buffer.from([0]), sign('sha256', body, privateKey))
  const lines = der(sequence, body, ecdsaWithSha256, signature).toString('base64')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
}
