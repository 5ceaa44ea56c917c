/** An element with these children, XML texts themselves; one that is undefined is left out. */
export const element = (name: string, ...children: readonly (string | undefined)[]): string =>
  `<${name}>${children.filter((child) => child !== undefined).join('')}</${nameOf(name)}>`

/** An element with a text, escaped; nothing where there is no text. */
export const textElement = (name: string, text: string | undefined): string | undefined =>
  text === undefined ? undefined : element(name, escaped(text))

// Attributes stand in the opening tag only.
const nameOf = (name: string): string => name.split(' ', 1)[0] ?? name

/** Text between tags. A carriage return would be read as a line feed. */
const escaped = (text: string): string =>
  sayable(text).replace(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0)};`)

/** The text, with a space in the place of what XML cannot say at all. */
export const sayable = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu, ' ')

/** What a document travels in within another: its UTF-8 bytes, base64. */
export const base64Of = (text: string): string => Buffer.from(text, 'utf8').toString('base64')
