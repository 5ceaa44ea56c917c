import avsc from 'avsc'

interface DecimalSchema {
  readonly type: string
  readonly scale?: number
  readonly size?: number
}

/**
 * Avro decimals of any scale as their text, "42.50", read from the bytes as the specification says. The platform's own
 * types take those of its contract only; a stranger's schema may have others.
 */
export class DecimalText extends avsc.types.LogicalType {
  readonly #scale: number
  readonly #bytes: number

  constructor(schema: avsc.Schema, options: object) {
    super(schema, options)
    const { scale = 0, type, size = 8 } = schema as unknown as DecimalSchema
    this.#scale = scale
    this.#bytes = type === 'fixed' ? size : 8
  }

  protected override _fromValue(bytes: Buffer): string {
    const hex = bytes.toString('hex')
    const unscaled = hex === '' ? 0n : BigInt.asIntN(8 * bytes.length, BigInt(`0x${hex}`))
    const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(this.#scale + 1, '0')
    const sign = unscaled < 0n ? '-' : ''
    const at = digits.length - this.#scale
    return `${sign}${digits.slice(0, at)}${this.#scale > 0 ? '.' : ''}${digits.slice(at)}`
  }

  protected override _toValue(text: unknown): Buffer {
    const [whole = '', part = ''] = String(text).split('.')
    const unscaled = BigInt(whole + part.padEnd(this.#scale, '0').slice(0, this.#scale))
    const width = BigInt.asUintN(8 * this.#bytes, unscaled)
    return Buffer.from(width.toString(16).padStart(2 * this.#bytes, '0'), 'hex')
  }
}
