/** Markup that is safe to send: made by `html` only. */
class Markup {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

export type Html = Markup

/** What stands in a template: markup as it is, text escaped, nothing for what is absent, lists one after the other. */
export type Content = Markup | string | number | null | undefined | false | readonly Content[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign]!)

function rendered(content: Content): string {
  if (content instanceof Markup) return content.toString()
  if (content === null || content === undefined || content === false) return ''
  if (Array.isArray(content)) return content.map(rendered).join('')
  return escaped(String(content))
}

/**
 * A template whose values are escaped, whatever they are. Attributes are written in quotes. A value that is markup was
 * made by this function, so there is no way around it.
 */
export const html = (strings: TemplateStringsArray, ...values: readonly Content[]): Html =>
  new Markup(strings.reduce((text, string, at) => text + rendered(values[at - 1]) + string))
