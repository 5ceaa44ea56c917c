/** A mail as it is read, by the RFCs alone: nothing of the code that composed it is in here. */
export interface ReadMail {
  /** By their names in lower case; the last of each. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** Empty where there is none. */
  readonly html: string
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[]
}

interface Part {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Reads a message of RFC 5322 with parts of RFC 2046, in UTF-8. */
export function readMail(message: Buffer): ReadMail {
  const whole = partOf(message.toString('latin1'))
  const leaves = leavesOf(whole)
  const bodyOf = (type: string) => {
    const leaf = leaves.find((one) => typeOf(one) === type && fileNameOf(one) === undefined)
    return leaf ? bytesOf(leaf).toString('utf8') : ''
  }
  return {
    headers: Object.fromEntries(
      Object.entries(whole.headers).map(([name, value]) => [name, wordsOf(value)]),
    ),
    text: bodyOf('text/plain'),
    html: bodyOf('text/html'),
    files: leaves.flatMap((leaf) => {
      const name = fileNameOf(leaf)
      return name === undefined ? [] : [{ name, bytes: bytesOf(leaf) }]
    }),
  }
}

function partOf(text: string): Part {
  const end = text.indexOf('\r\n\r\n')
  const head = end < 0 ? text : text.slice(0, end)
  const unfolded = head.replace(/\r\n(?=[ \t])/g, '')
  const headers = unfolded.split('\r\n').flatMap((line) => {
    const colon = line.indexOf(':')
    return colon < 1 ? [] : [[line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]]
  })
  return {
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: end < 0 ? '' : text.slice(end + 4),
  }
}

function leavesOf(part: Part): readonly Part[] {
  const boundary = parameterOf(part.headers['content-type'], 'boundary')
  if (!typeOf(part).startsWith('multipart/') || boundary === undefined) return [part]
  const literal = boundary.replace(/[^\w]/g, '\\$&')
  const line = new RegExp(`\\r\\n--${literal}(?=--|[ \\t]*\\r\\n)`)
  const pieces = `\r\n${part.body}`.split(line).slice(1)
  return pieces
    .filter((piece) => !piece.startsWith('--'))
    .flatMap((piece) => leavesOf(partOf(piece.replace(/^[ \t]*\r\n/, ''))))
}

const typeOf = ({ headers }: Part): string =>
  (headers['content-type'] ?? 'text/plain').split(';')[0]!.trim().toLowerCase()

function fileNameOf({ headers }: Part): string | undefined {
  const header = headers['content-disposition']
  const name = parameterOf(header, 'filename')
  return name === undefined ? extendedNameIn(header ?? '') : wordsOf(name)
}

/** A name as RFC 2231 writes it: in pieces, those with a star behind their number percent-encoded. */
function extendedNameIn(header: string): string | undefined {
  const shape = /;\s*filename\*(?:\d+(\*)?)?=(?:"([^"]*)"|([^;\s]+))/gi
  const pieces = [...header.matchAll(shape)].map(([whole, star, quoted, bare = '']) => {
    const isEncoded = star !== undefined || /filename\*=/i.test(whole)
    return isEncoded ? unquoted((quoted ?? bare).replaceAll('%', '=')) : (quoted ?? bare)
  })
  if (pieces.length === 0) return undefined
  return Buffer.from(pieces.join('').replace(/^utf-8'[^']*'/i, ''), 'latin1').toString('utf8')
}

const parameterOf = (header: string | undefined, name: string): string | undefined => {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(header ?? '')
  return found?.[1] ?? found?.[2]
}

function bytesOf({ headers, body }: Part): Buffer {
  const encoding = headers['content-transfer-encoding']?.toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64')
  const isQuoted = encoding === 'quoted-printable'
  return Buffer.from(isQuoted ? unquoted(body.replace(/=[ \t]*\r\n/g, '')) : body, 'latin1')
}

const unquoted = (text: string): string =>
  text.replace(/=([\dA-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** The encoded words of RFC 2047; blanks between two of them are none. */
const wordsOf = (header: string): string =>
  header
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, text: string) =>
      (how.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64')
        : Buffer.from(unquoted(text.replaceAll('_', ' ')), 'latin1')
      ).toString('utf8'),
    )
