import { signatureOf } from '#connectors/external-page/signature'
import { InvalidValueError, textOf } from '#schemas/values/invalid-value'
import type { Purpose } from '#connectors/external-page/signature'

/** What an address to pay at may ask for, each in braces. */
export const pagePlaceholders = [
  'iud',
  'amount',
  'cents',
  'currency',
  'due_type',
  'description',
  'expire_at',
  'landing',
  'notify',
  'time',
  'nonce',
] as const
export type Placeholder = (typeof pagePlaceholders)[number]
const statusPlaceholders: readonly Placeholder[] = ['iud', 'time', 'nonce']

/** What is filled into an address; what it does not ask for stays out of it. */
export type Filling = Readonly<Partial<Record<Placeholder, string>>>

export interface Signing {
  readonly purpose: Purpose
  readonly secret: string
}

/** The parameter that the signature comes in, the last. */
export const signatureName = 'signature'

/** Kept as the administrator wrote it. Throws InvalidValueError. */
export function parsePageUrl(input: unknown): string {
  const text = parseTemplate(input, pagePlaceholders)
  requireOne(text, ['iud'], ['amount', 'cents'], ['landing'], ['time'], ['nonce'])
  return text
}

/** Kept as the administrator wrote it. Throws InvalidValueError. */
export function parseStatusUrl(input: unknown): string {
  const text = parseTemplate(input, statusPlaceholders)
  requireOne(text, ['iud'], ['time'], ['nonce'])
  return text
}

/** What an address asks for. */
export const askedBy = (template: string): ReadonlySet<string> =>
  new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, word = '']) => word))

/** The address, filled in and signed. A value it asks for that is not there is empty. */
export function signedUrl(template: string, filling: Filling, signing: Signing): string {
  const url = new URL(template)
  const parameters = [...url.searchParams].map(([name, value]): [string, string] => [
    name,
    value.replace(/\{(\w+)\}/g, (_whole, word: Placeholder) => filling[word] ?? ''),
  ])
  const signature = signatureOf(parameters, signing.purpose, signing.secret)
  const query = new URLSearchParams([...parameters, [signatureName, signature]]).toString()
  // A plus is a space only to those who read a query as a form.
  url.search = query.replaceAll('+', '%20')
  return url.href
}

function parseTemplate(input: unknown, known: readonly Placeholder[]): string {
  const text = textOf(input, 'an address').trim()
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new InvalidValueError('is no http or https URL')
  }
  const { username, password, hash, searchParams } = new URL(text)
  if (username !== '' || password !== '') throw new InvalidValueError('has credentials in it')
  if (hash !== '') throw new InvalidValueError('has a fragment, which no server is sent')
  const [address = ''] = text.split('?')
  const names = [...searchParams.keys()]
  if (/[{}]/.test(address + names.join(''))) {
    throw new InvalidValueError('has braces that are not in the value of a parameter')
  }
  if (names.includes(signatureName) || new Set(names).size < names.length) {
    throw new InvalidValueError(`has a parameter twice, or one named ${signatureName}`)
  }
  const asked = [...searchParams.values()].join(' ')
  const isKnown = [...askedBy(asked)].every((word) => known.some((one) => one === word))
  if (!isKnown || /[{}]/.test(asked.replace(/\{\w+\}/g, ''))) {
    throw new InvalidValueError(`asks in braces for something else than ${known.join(', ')}`)
  }
  return text
}

function requireOne(template: string, ...sets: readonly (readonly Placeholder[])[]): void {
  const asked = askedBy(template)
  for (const set of sets) {
    if (set.some((word) => asked.has(word))) continue
    throw new InvalidValueError(`does not ask for ${set.map((word) => `{${word}}`).join(' or ')}`)
  }
}
