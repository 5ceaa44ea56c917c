import { RejectedError } from '#core/errors'
import { readJson } from '#schemas/values/json-text'
import { printedText } from '#schemas/values/printed-text'

/** The languages every template is written in. */
export const languages = ['es-PE', 'es-CO', 'pt-BR', 'it-IT', 'en'] as const
export type Language = (typeof languages)[number]

/** What is said in one language; `{{name}}` is where a variable goes. */
export interface MessageTexts {
  readonly subject: string
  readonly text: string
  /** What stands in the body of the page. */
  readonly html: string
}

/** A version of a template. It is never edited once it was used: what says something else is the next version. */
export interface MessageTemplate {
  readonly name: string
  readonly version: number
  /** The variables that are addresses of pages: http or https, nothing else is a link. */
  readonly links: readonly string[]
  readonly texts: Readonly<Record<Language, MessageTexts>>
}

/** A message as it is sent. */
export interface Message extends MessageTexts {
  readonly language: Language
}

type Variables = Readonly<Record<string, unknown>>

const places = /\{\{([a-z][a-z_]*)\}\}/g

/** The names of the variables that a text wants. */
export const variablesIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(places)].map(([, name]) => name!))

/**
 * The message a template makes of variables. Each becomes one line of printed text, escaped in HTML; one that is
 * given and not wanted is passed over. Throws RejectedError: 'unknown-language', 'malformed-data', 'missing-variable' or
 * 'malformed-variable', which name the variable and repeat nothing of it.
 */
export function composed(template: MessageTemplate, language: string, data: string): Message {
  const spoken = languages.find((one) => one === language)
  if (spoken === undefined) {
    const known = languages.join(', ')
    throw new RejectedError('unknown-language', `there is no such language; there are ${known}`)
  }
  const { subject, text, html } = template.texts[spoken]
  const variables = variablesOf(data)
  const plain = (name: string) => valueOf(variables, name, template)
  return {
    language: spoken,
    subject: filled(subject, plain),
    text: filled(text, plain),
    html: page(
      spoken,
      filled(html, (name) => escaped(plain(name))),
    ),
  }
}

function variablesOf(data: string): Variables {
  const json = readJson(data)
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Variables
  throw new RejectedError('malformed-data', 'the variables are no object')
}

function valueOf(variables: Variables, name: string, { links }: MessageTemplate): string {
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined
  if (value === undefined || value === null) {
    throw new RejectedError('missing-variable', `the variable ${name} is missing`)
  }
  const isWhole = typeof value === 'number' && Number.isSafeInteger(value)
  const given = isWhole ? String(value) : value
  const text = typeof given === 'string' ? printedText(given) : undefined
  if (text === undefined || (links.includes(name) && !isWebPage(text))) {
    const wanted = links.includes(name) ? 'http or https address' : 'text or whole number'
    throw new RejectedError('malformed-variable', `the variable ${name} is no ${wanted}`)
  }
  return text
}

const isWebPage = (text: string): boolean =>
  /^https?:\/\/[^\s\\]+$/.test(text) && URL.canParse(text)

const filled = (text: string, valueFor: (name: string) => string): string =>
  text.replace(places, (_, name: string) => valueFor(name))

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const page = (language: Language, body: string): string => `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"></head>
<body>
${body}
</body>
</html>
`
