import { facetsHold, isBuiltIn } from '#soap/schema-texts'
import { childOf } from '#soap/xml'
import type { ElementName } from '#soap/envelope'
import type { XmlElement } from '#soap/xml'

/** Says what is wrong with an element, or nothing. */
export type Check = (element: XmlElement) => string | undefined

/** Holds elements against the schemas within a description (WSDL), which may refer to one another. */
export const descriptionCheck = (wsdl: XmlElement): Check =>
  checkBy(childOf(wsdl, 'types')?.children ?? [])

/** Holds elements against one XML schema. */
export const schemaCheck = (schema: XmlElement): Check => checkBy([schema])

/** Something a schema declares, and the namespace that its local elements are in. */
interface Declared {
  readonly node: XmlElement
  readonly localNamespace: string
}

type Kind = 'element' | 'complexType' | 'simpleType'

const schemaNamespace = 'http://www.w3.org/2001/XMLSchema'

/**
 * Knows as much of the language as those of our sandboxes use: sequences, choices, extensions, references, attributes,
 * and the facets of texts. A facet or type it does not know it throws at, so that no rule is passed over.
 */
const checkBy = (schemas: readonly XmlElement[]): Check => {
  const declared = new Map<string, Declared>()
  for (const schema of schemas) for (const one of declaredIn(schema)) declared.set(...one)
  const find: Find = (kind, { name, namespace }) => declared.get(keyOf(kind, namespace, name))
  return (element) => {
    const root = find('element', element)
    return root ? checkElement(find, root, element) : `${element.name} is not declared`
  }
}

type Find = (kind: Kind, name: ElementName) => Declared | undefined

const checkElement = (find: Find, { node, localNamespace }: Declared, element: XmlElement) => {
  const inner = childOf(node, 'complexType')
  if (inner) return checkComplex(find, { node: inner, localNamespace }, element)
  const type = nameIn(node, 'type')
  const complex = find('complexType', type)
  return complex ? checkComplex(find, complex, element) : checkSimple(find, type, element)
}

const checkSimple = (find: Find, type: ElementName, element: XmlElement): string | undefined => {
  if (element.children.length > 0) return `${element.name} holds elements`
  return isText(find, type, element.text) ? undefined : `${element.name} is not valid`
}

const isText = (find: Find, type: ElementName, text: string): boolean => {
  const simple = find('simpleType', type)?.node
  if (!simple) return isBuiltIn(type.namespace === schemaNamespace ? type.name : '', text)
  const restriction = childOf(simple, 'restriction')
  const isOfBase = !restriction || isText(find, nameIn(restriction, 'base'), text)
  return facetsHold(simple, text) && isOfBase
}

const checkComplex = (find: Find, complex: Declared, element: XmlElement): string | undefined => {
  const wrong = checkAttributes(find, complex.node, element)
  if (wrong) return wrong
  const text = extensionOf(complex.node, 'simpleContent')
  if (text) return checkSimple(find, nameIn(text, 'base'), element)
  return checkChildren(find, particlesOf(find, complex), element)
}

const checkAttributes = (
  find: Find,
  complex: XmlElement,
  element: XmlElement,
): string | undefined => {
  const holder = extensionOf(complex, 'simpleContent') ?? complex
  const known = holder.children.filter(({ name }) => name === 'attribute')
  for (const attribute of known) {
    const { name = '', use } = attribute.attributes
    const text = element.attributes[name]
    const isRight =
      text === undefined ? use !== 'required' : isText(find, nameIn(attribute, 'type'), text)
    if (!isRight) return `${element.name}: the attribute ${name} is not valid`
  }
  // Those with a prefix belong to nobody's description, such as xsi:schemaLocation.
  const names = Object.keys(element.attributes).filter((name) => !name.includes(':'))
  const unknown = names.find((name) => !known.some(({ attributes }) => attributes.name === name))
  return unknown && `${element.name}: the attribute ${unknown} is out of place`
}

const particlesOf = (find: Find, { node, localNamespace }: Declared): readonly Declared[] => {
  const own = (holder: XmlElement) =>
    (childOf(holder, 'sequence')?.children ?? []).map((one) => ({ node: one, localNamespace }))
  const extension = extensionOf(node, 'complexContent')
  if (!extension) return own(node)
  const base = find('complexType', nameIn(extension, 'base'))
  return [...(base ? particlesOf(find, base) : []), ...own(extension)]
}

const checkChildren = (
  find: Find,
  particles: readonly Declared[],
  element: XmlElement,
): string | undefined => {
  if (element.text.trim() !== '') return `${element.name} holds text`
  let rest = element.children
  for (const { node, localNamespace } of particles) {
    const options = node.name === 'choice' ? node.children : [node]
    const chosen = options.find((option) => localNameOf(option) === rest[0]?.name)
    const taken = chosen ? leading(rest, chosen) : []
    const check = checkMember(find, chosen && { node: chosen, localNamespace })
    const wrong = countFault(node, taken.length) ?? taken.map(check).find(Boolean)
    if (wrong) return `${element.name}: ${wrong}`
    rest = rest.slice(taken.length)
  }
  return rest[0] && `${element.name}: ${rest[0].name} is out of place`
}

const checkMember =
  (find: Find, member: Declared | undefined): Check =>
  (element) => {
    if (!member) return undefined
    const isReference = 'ref' in member.node.attributes
    const name = isReference ? nameIn(member.node, 'ref') : undefined
    const namespace = name ? name.namespace : member.localNamespace
    if (element.namespace !== namespace) return `${element.name} is in another namespace`
    const target = name ? find('element', name) : member
    return target ? checkElement(find, target, element) : `${element.name} is not declared`
  }

const keyOf = (kind: string, namespace: string, name: string) => `${kind} {${namespace}}${name}`

const declaredIn = (schema: XmlElement): readonly (readonly [string, Declared])[] => {
  const { targetNamespace = '', elementFormDefault } = schema.attributes
  const localNamespace = elementFormDefault === 'qualified' ? targetNamespace : ''
  return schema.children.map((node) => {
    const key = keyOf(node.name, targetNamespace, node.attributes.name ?? '')
    return [key, { node, localNamespace }]
  })
}

const extensionOf = (complex: XmlElement, kind: 'simpleContent' | 'complexContent') => {
  const content = childOf(complex, kind)
  return content && childOf(content, 'extension')
}

/** The name that an attribute of a schema says, by the prefixes in force there. */
const nameIn = ({ attributes, prefixes }: XmlElement, attribute: string): ElementName => {
  const [name = '', prefix = ''] = (attributes[attribute] ?? '').split(':').reverse()
  return { name, namespace: prefixes[prefix] ?? '' }
}

const localNameOf = ({ attributes: { name, ref } }: XmlElement): string | undefined =>
  name ?? ref?.replace(/^.*:/, '')

const leading = (elements: readonly XmlElement[], declared: XmlElement): readonly XmlElement[] => {
  const end = elements.findIndex(({ name }) => name !== localNameOf(declared))
  return end < 0 ? elements : elements.slice(0, end)
}

const countFault = (particle: XmlElement, count: number): string | undefined => {
  const { minOccurs = '1', maxOccurs = '1' } = particle.attributes
  const max = maxOccurs === 'unbounded' ? Infinity : Number(maxOccurs)
  if (count >= Number(minOccurs) && count <= max) return undefined
  return `${localNameOf(particle) ?? particle.name} is there ${count} times`
}
