/**
 * The colours that documents are drawn in, sRGB (IEC 61966-2-1), as a profile of ICC.1:2004-10 (version 4.2): its white,
 * its three colours as that white is at 5,000 K, and the curve they share.
 */
export function srgbProfile(): Buffer {
  const tags = [
    ['desc', textOf('sRGB IEC61966-2.1')],
    ['cprt', textOf('No copyright')],
    ['wtpt', colourOf(whiteAt5000)],
    ['chad', Buffer.concat([headOf('sf32'), fixed(adaptation)])],
    ['rXYZ', colourOf([0.4360747, 0.2225045, 0.0139322])],
    ['gXYZ', colourOf([0.3850649, 0.7168786, 0.0971045])],
    ['bXYZ', colourOf([0.1430804, 0.0606169, 0.7141733])],
    ['rTRC', curve()],
  ] as const
  const shared = [
    ['gTRC', 'rTRC'],
    ['bTRC', 'rTRC'],
  ] as const
  const count = tags.length + shared.length
  let offset = headerBytes + 4 + 12 * count
  const places = new Map<string, Buffer>()
  for (const [name, body] of tags) {
    places.set(name, integers(offset, body.length))
    offset += body.length
  }
  for (const [name, as] of shared) places.set(name, places.get(as)!)
  const list = [...places].flatMap(([name, place]) => [Buffer.from(name), place])
  return Buffer.concat([header(offset), integers(count), ...list, ...tags.map(([, body]) => body)])
}

const headerBytes = 128
const whiteAt5000 = [0.9642029, 1, 0.8249054]

/** From the white of sRGB to that at 5,000 K (Bradford). */
const adaptation = [
  1.0479298, 0.0229468, -0.0501922, 0.0296278, 0.9904344, -0.0170738, -0.009243, 0.0150552,
  0.7518743,
]

/** Power, then the straight line below 0.04045. */
const curve = (): Buffer =>
  Buffer.concat([
    headOf('para'),
    Buffer.from([0, 3, 0, 0]),
    fixed([2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]),
  ])

/** A profile of a screen, made at the beginning of 2026. */
function header(size: number): Buffer {
  const bytes = Buffer.alloc(headerBytes)
  bytes.writeUInt32BE(size, 0)
  bytes.writeUInt32BE(0x04200000, 8)
  bytes.write('mntrRGB XYZ ', 12)
  bytes.writeUInt16BE(2026, 24)
  bytes.writeUInt16BE(1, 26)
  bytes.writeUInt16BE(1, 28)
  bytes.write('acsp', 36)
  fixed(whiteAt5000).copy(bytes, 68)
  return bytes
}

const headOf = (type: string): Buffer => Buffer.concat([Buffer.from(type), integers(0)])

const colourOf = (colour: readonly number[]): Buffer =>
  Buffer.concat([headOf('XYZ '), fixed(colour)])

/** One text, in English, to a whole number of four bytes. */
function textOf(text: string): Buffer {
  const units = Buffer.from(text, 'utf16le').swap16()
  const head = [headOf('mluc'), integers(1, 12), Buffer.from('enUS'), integers(units.length, 28)]
  return Buffer.concat([...head, units, Buffer.alloc((4 - (units.length % 4)) % 4)])
}

function integers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, nth) => bytes.writeUInt32BE(value, 4 * nth))
  return bytes
}

/** Sixteen bits before the point and sixteen behind it. */
function fixed(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, nth) => bytes.writeInt32BE(Math.round(value * 65_536), 4 * nth))
  return bytes
}
