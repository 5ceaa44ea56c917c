/** Powers of two in the field of 256 elements that QR codes count in, twice over, and whose powers elements are. */
const powers = new Uint8Array(510)
const logarithms = new Uint8Array(256)
for (let power = 0, element = 1; power < 255; power++) {
  powers[power] = powers[power + 255] = element
  logarithms[element] = power
  element = element & 0x80 ? (element << 1) ^ 0x11d : element << 1
}

/** The logarithms of the coefficients below the highest of (x - 2^0)(x - 2^1)…, highest first. */
function generatorOf(count: number): Uint8Array {
  const coefficients = new Uint8Array(count)
  coefficients[count - 1] = 1
  for (let power = 0; power < count; power++) {
    for (let at = 0; at < count; at++) {
      coefficients[at] = times(coefficients[at]!, power) ^ (coefficients[at + 1] ?? 0)
    }
  }
  return coefficients.map((coefficient) => logarithms[coefficient]!)
}

const times = (element: number, power: number): number =>
  element === 0 ? 0 : powers[logarithms[element]! + power]!

const generators = new Map<number, Uint8Array>()

/** So many bytes by which a reader mends damage to these (Reed and Solomon). */
export function correctionOf(bytes: Uint8Array, count: number): Uint8Array {
  let generator = generators.get(count)
  if (!generator) generators.set(count, (generator = generatorOf(count)))
  const rest = new Uint8Array(count)
  for (const byte of bytes) {
    const factor = byte ^ rest[0]!
    rest.copyWithin(0, 1)
    rest[count - 1] = 0
    if (factor === 0) continue
    const logarithm = logarithms[factor]!
    for (let at = 0; at < count; at++) rest[at]! ^= powers[logarithm + generator[at]!]!
  }
  return rest
}
