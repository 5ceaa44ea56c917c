/** An element as a JSON value: its text, or its children by name; several of one name are a list. */
type Element = string | { [name: string]: Element | Element[] }

interface Open {
  readonly name: string
  readonly children: { [name: string]: Element | Element[] }
  text: string
}

const elementsMax = 2_000

/** A tag, a piece of text, or what is skipped: comments, instructions. Anything else is no XML that is read here. */
const piece =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy

/**
 * XML as a JSON value, to be shown redacted and for nothing else: names without prefixes, no attributes, entities as
 * they stand. Undefined for what is not well-formed, has a document type, or is too large to be looked at.
 */
export function readXml(xml: string): Element | undefined {
  const root = opened('')
  const path: Open[] = [root]
  let at = 0
  let count = 0
  for (const [whole, cdata, closing, , name, , closed, text] of xml.matchAll(piece)) {
    at += whole.length
    const inner = path.at(-1)!
    if (name === undefined) {
      inner.text += cdata ?? text ?? ''
    } else if (closing) {
      if (path.length === 1 || inner.name !== name) return undefined
      path.pop()
      add(path.at(-1)!, name, valueOf(inner))
    } else {
      if (++count > elementsMax) return undefined
      if (closed) add(inner, name, '')
      else path.push(opened(name))
    }
  }
  const isWhole = at === xml.length && path.length === 1 && count > 0
  return isWhole && root.text.trim() === '' ? root.children : undefined
}

// Without a prototype: an element may be named like a member of one.
const opened = (name: string): Open => ({
  name,
  children: Object.create(null) as Open['children'],
  text: '',
})

const valueOf = ({ children, text }: Open): Element =>
  Object.keys(children).length > 0 ? children : text

function add({ children }: Open, name: string, value: Element): void {
  const known = children[name]
  if (known === undefined) children[name] = value
  else if (Array.isArray(known)) known.push(value)
  else children[name] = [known, value]
}
