/** An element with these children, XML texts themselves; one that is undefined is left out. */
export const element = (name: string, ...children: readonly (string | undefined)[]): string =>
  `<${name}>${children.join('')}</${nameOf(name)}>`

/** An element with a text, escaped; nothing where there is no text. */
export const textElement = (name: string, text: string | undefined): string | undefined =>
  text === undefined ? undefined : element(name, escaped(text))

// Attributes stand in the opening tag only.
const nameOf = (name: string): string =>
  name.includes(' ') ? name.slice(0, name.indexOf(' ')) : name

/** Text between tags. A carriage return would be read as a line feed. */
const escaped = (text: string): string =>
  sayable(text).replace(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0)};`)

/** The text, with a space in the place of what XML cannot say at all. */
export const sayable = (text: string): string => (isSayable.test(text) ? text : mended(text))

// Most texts: neither controls nor anything beyond the first plane, where halves would have to be told from pairs.
const isSayable = /^[\t\n\r -\uD7FF\uE000-\uFFFD]*$/
const mended = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu, ' ')

/** What a document travels in within another: its UTF-8 bytes, base64. */
export const base64Of = (text: string): string => Buffer.from(text, 'utf8').toString('base64')
