/** Decimals of the currencies of the run, ISO 4217: said here once more, as the checker takes nothing of what it checks. */
const decimals = { BRL: 2, JPY: 0, KWD: 3 } as const

export type Currency = keyof typeof decimals

/** Decimal text of an amount in minor units. */
export function textOf(minorUnits: number, currency: Currency): string {
  const places = decimals[currency]
  const digits = String(minorUnits).padStart(places + 1, '0')
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/** Minor units of a decimal text. Throws where it has other decimals than its currency. */
export function minorUnitsOf(text: unknown, currency: Currency): number {
  const [, whole = '', fraction = ''] = /^(-?\d+)(?:\.(\d+))?$/.exec(String(text)) ?? []
  const isMoney = whole !== '' && fraction.length === decimals[currency]
  if (!isMoney) throw new Error(`${String(text)} is no amount in ${currency}`)
  return Number(whole + fraction)
}
