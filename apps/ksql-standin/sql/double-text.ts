/** A double as Java writes it: `100.0`, `1.0E21`, `1.0E-4`. */
export function doubleText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const sign = value < 0 ? '-' : ''
  const size = Math.abs(value)
  const [mantissa, exponent] = size.toExponential().split('e') as [string, string]
  if (size >= 1e-3 && size < 1e7) return sign + withPoint(plain(mantissa, Number(exponent)))
  return `${sign}${withPoint(mantissa)}E${Number(exponent)}`
}

const withPoint = (digits: string) => (digits.includes('.') ? digits : `${digits}.0`)

function plain(mantissa: string, exponent: number): string {
  const digits = mantissa.replace('.', '')
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const rest = digits.slice(exponent + 1)
  return rest === '' ? whole : `${whole}.${rest}`
}
