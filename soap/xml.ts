import sax from 'sax'
import type { QualifiedTag, SAXOptions } from 'sax'

/** An element as it was read: names without prefixes, the namespace resolved. */
export interface XmlElement {
  readonly name: string
  /** Empty where it has none. */
  readonly namespace: string
  readonly attributes: Readonly<Record<string, string>>
  /** The namespaces that prefixes stand for here; the empty one is that of names without. */
  readonly prefixes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** Its own text, without that of its children. */
  readonly text: string
}

/** The text is not XML as we take it. The message repeats nothing of the text. */
export class XmlError extends Error {
  override name = 'XmlError'
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[]
  text: string
}

// Entities of XML only, not those of HTML: the types do not know the option.
const strictness: SAXOptions & { readonly strictEntities: true } = {
  xmlns: true,
  strictEntities: true,
  position: false,
}
const depthMax = 32
const elementsMax = 50_000

/**
 * The root element of an XML text. Strict, and without what could make a small text large or reach outside it: no
 * document type, no entities but the five of XML itself, no processing instructions, no markup within CDATA, at most 32
 * levels and 50,000 elements, and no encoding declared but UTF-8. Throws XmlError.
 */
export const readXml = (text: string): XmlElement => {
  const open: OpenElement[] = []
  let root: XmlElement | undefined
  let count = 0
  const parser = sax.parser(true, strictness)
  const refuse = (what: string) => (): never => {
    throw new XmlError(what)
  }

  parser.onerror = refuse('is not well-formed')
  parser.ondoctype = refuse('has a document type')
  parser.onsgmldeclaration = refuse('has a declaration within')
  parser.onprocessinginstruction = (instruction) => assertDeclaration(instruction)
  parser.onopentag = (tag) => {
    count += 1
    if (open.length >= depthMax) throw new XmlError('is nested too deeply')
    if (count > elementsMax) throw new XmlError('has too many elements')
    if (root && open.length === 0) throw new XmlError('has a second root')
    const element = opened(tag as QualifiedTag)
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  }
  parser.onclosetag = () => void open.pop()
  const add = (piece: string): void => {
    const element = open.at(-1)
    if (element) element.text += piece
  }
  parser.ontext = add
  parser.oncdata = (piece) => {
    if (piece.includes('<')) throw new XmlError('has markup within CDATA')
    add(piece)
  }

  parser.write(text).close()
  return root ?? refuse('is empty')()
}

const assertDeclaration = ({ name, body }: { name: string; body: string }): void => {
  if (name !== 'xml') throw new XmlError('has a processing instruction')
  const encoding = /encoding\s*=\s*["']([^"']*)["']/.exec(body)?.[1]
  if (encoding !== undefined && !isUtf8(encoding)) throw new XmlError('is not declared as UTF-8')
}

/** Whether the name of a character set is UTF-8's, or of a part of it. */
export const isUtf8 = (charset: string): boolean => /^(utf-?8|us-ascii)$/i.test(charset)

const opened = ({ local, uri, attributes, ns }: QualifiedTag): OpenElement => {
  const own = Object.values(attributes).filter(({ prefix }) => prefix !== 'xmlns')
  return {
    name: local,
    namespace: uri,
    attributes: Object.fromEntries(own.map(({ name, value }) => [name, value])),
    prefixes: ns,
    children: [],
    text: '',
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The text of UTF-8 bytes. Throws XmlError where they are none. */
export const utf8Of = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new XmlError('is not UTF-8')
  }
}

/** The first child of this name, whatever its namespace. */
export const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name)

/** The text at the end of a path of names; undefined where the path leads nowhere. */
export const textAt = (element: XmlElement, ...path: readonly string[]): string | undefined =>
  path.reduce<XmlElement | undefined>((at, name) => at && childOf(at, name), element)?.text
