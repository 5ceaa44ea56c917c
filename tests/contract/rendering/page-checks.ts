import { expect } from 'vitest'
import type { ReadPage } from '#tests/contract/rendering/read-pdf'
import type { ReadQr } from '#tests/contract/rendering/read-qr'

const date = /^(?:D:)?(\d{4})-?(\d\d)-?(\d\d)T?(\d\d):?(\d\d):?(\d\d)(Z|[-+]\d\d)'?:?(\d\d)?'?$/

/** The instant that a date is, as PDF or as its metadata write it. */
export function instantsIn(told: string): string[] {
  const [, ...parts] = date.exec(told) ?? []
  if (parts.length === 0) return []
  const [year, month, day, hour, minute, second, zone, minutes] = parts
  const offset = zone === 'Z' ? 'Z' : `${zone}:${minutes ?? '00'}`
  return [new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`).toISOString()]
}

/** All of it is on the paper, clear of its edges. */
export function expectOnPaper({ texts, width, height }: ReadPage): void {
  const edge = 30
  for (const text of texts) {
    expect(text.x).toBeGreaterThan(edge)
    expect(text.x + text.width).toBeLessThan(width - edge)
    expect(text.y).toBeGreaterThan(edge)
    expect(text.y + text.size).toBeLessThan(height - edge)
  }
}

/** Nothing else is printed within four modules of the code. */
export function expectQuiet({ texts, lines }: ReadPage, { x, y, size, moduleSize }: ReadQr): void {
  const quiet = 4 * moduleSize - 0.01
  const zone = { x: x - quiet, y: y - quiet, width: size + 2 * quiet, height: size + 2 * quiet }
  const written = texts.map((text) => ({ ...text, height: text.size }))
  for (const box of [...written, ...lines]) {
    const isBeside = box.x > zone.x + zone.width || box.x + box.width < zone.x
    const isAboveOrBelow = box.y > zone.y + zone.height || box.y + box.height < zone.y
    expect(isBeside || isAboveOrBelow, JSON.stringify(box)).toBe(true)
  }
}
