import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { type Frame, numbers } from '#connectors/pdf-compiled/frame'
import { deflated, setOffset, streamObject, tableShape } from '#connectors/pdf-compiled/pdf-objects'
import type { Plan } from '#connectors/pdf-compiled/plan'
import type { QrCode } from '#connectors/pdf-compiled/qr-code'

/** A file is a hundredth larger, and is made a quarter sooner. */
const quickly = { level: 2 } as const

/** What a file has of a record. */
export interface FileContent {
  /** What each page is drawn by. */
  readonly pages: readonly string[]
  readonly metadata: Uint8Array
  readonly code: QrCode | undefined
}

/** The bytes of a document in pieces: what its batch and its shape share, then what it has of its own. */
export function fileOf(
  frame: Frame,
  plan: Plan,
  { pages, metadata, code }: FileContent,
): readonly Uint8Array[] {
  const table = Buffer.from(plan.table)
  const parts: Uint8Array[] = [frame.bytes, plan.bytes]
  let end = frame.bytes.length + plan.bytes.length
  const identity = createHash('sha256').update(plan.identity)
  const add = (number: number, members: string, body: Uint8Array): void => {
    setOffset(table, number, end)
    for (const part of streamObject(number, members, body)) {
      parts.push(part)
      end += part.length
    }
    identity.update(body)
  }
  add(numbers.metadata, '/Type/Metadata/Subtype/XML', metadata)
  pages.forEach((drawn, nth) => {
    add(plan.contents + nth, deflated, deflateSync(Buffer.from(drawn, 'latin1'), quickly))
  })
  if (code) add(numbers.code, imageMembers(code), code.rows)
  setOffset(table, plan.last, end)
  const id = identity.digest('hex').slice(0, 32)
  const members =
    `/Type/XRef/Size ${plan.last + 1}${tableShape}/Root ${numbers.catalogue} 0 R` +
    `/ID[<${id}><${id}>]${deflated}`
  parts.push(...streamObject(plan.last, members, deflateSync(table, quickly)))
  parts.push(Buffer.from(`startxref\n${end}\n%%EOF\n`))
  return parts
}

/** Painted where a bit is one. */
const imageMembers = ({ size }: QrCode): string =>
  `/Type/XObject/Subtype/Image/Width ${size}/Height ${size}/BitsPerComponent 1/ImageMask true/Decode[1 0]`
