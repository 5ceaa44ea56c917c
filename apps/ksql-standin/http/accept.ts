export const mediaTypes = {
  v1: 'application/vnd.ksql.v1+json',
  delimited: 'application/vnd.ksqlapi.delimited.v1',
  json: 'application/json',
} as const

/** What an endpoint offers, by media type. */
export interface Offer<Format> {
  /** Where the request says nothing. */
  readonly absent: Format
  /** Where it takes anything. */
  readonly any: Format
  readonly byType: Readonly<Record<string, Format>>
}

/** The format an Accept header asks for; undefined where it takes none of those offered. */
export function accepted<Format>(
  header: string | undefined,
  offer: Offer<Format>,
): Format | undefined {
  if (header === undefined) return offer.absent
  const wanted = header.split(',').map(rangeOf)
  wanted.sort((one, other) => other.weight - one.weight)
  for (const { type, weight } of wanted) {
    if (weight === 0) continue
    if (type === '*/*' || type === 'application/*') return offer.any
    if (Object.hasOwn(offer.byType, type)) return offer.byType[type]
  }
  return undefined
}

function rangeOf(text: string): { readonly type: string; readonly weight: number } {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const weight = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1)
  return { type, weight: weight >= 0 && weight <= 1 ? weight : 1 }
}
