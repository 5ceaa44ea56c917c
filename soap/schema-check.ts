import { childOf } from '#soap/xml'
import type { XmlElement } from '#soap/xml'

/** Says what is wrong with an element, or nothing. */
export type Check = (element: XmlElement) => string | undefined

/** Holds elements against the schemas within a description (WSDL), each against that of its namespace. */
export const descriptionCheck = (wsdl: XmlElement): Check => {
  const schemas = childOf(wsdl, 'types')?.children ?? []
  const checks = new Map(
    schemas.map((schema) => [schema.attributes.targetNamespace ?? '', schemaCheck(schema)]),
  )
  return (element) => {
    const check = checks.get(element.namespace)
    return check ? check(element) : `${element.name} is not declared`
  }
}

/**
 * Holds elements against one XML schema, as far as those of our sandboxes use the language: sequences, choices,
 * extensions, and the facets of texts. A facet or type it does not know it throws at, so that no rule is passed over.
 */
export const schemaCheck = (schema: XmlElement): Check => {
  const named = (kind: string) =>
    new Map(
      schema.children
        .filter(({ name }) => name === kind)
        .map((declared) => [declared.attributes.name ?? '', declared]),
    )
  const [roots, complexTypes] = [named('element'), named('complexType')]
  const checkText = textCheck(named('simpleType'))
  const namespace = schema.attributes.targetNamespace ?? ''
  const localNamespace = schema.attributes.elementFormDefault === 'qualified' ? namespace : ''

  const checkElement = (declared: XmlElement, element: XmlElement): string | undefined => {
    const type = localName(declared.attributes.type)
    const complex = type === undefined ? childOf(declared, 'complexType') : complexTypes.get(type)
    if (complex) return checkChildren(particlesOf(complex), element)
    if (element.children.length > 0) return `${element.name} holds elements`
    return checkText(type ?? '', element)
  }

  const particlesOf = (complex: XmlElement): readonly XmlElement[] => {
    const extension = childOf(childOf(complex, 'complexContent') ?? complex, 'extension')
    if (!extension) return childOf(complex, 'sequence')?.children ?? []
    const base = complexTypes.get(localName(extension.attributes.base) ?? '')
    return [...(base ? particlesOf(base) : []), ...(childOf(extension, 'sequence')?.children ?? [])]
  }

  const checkChildren = (
    particles: readonly XmlElement[],
    element: XmlElement,
  ): string | undefined => {
    if (element.text.trim() !== '') return `${element.name} holds text`
    let rest = element.children
    for (const particle of particles) {
      const options = particle.name === 'choice' ? particle.children : [particle]
      const chosen = options.find(({ attributes }) => attributes.name === rest[0]?.name)
      const taken = chosen ? leading(rest, chosen) : []
      const wrong =
        countFault(particle, taken.length) ?? taken.map(checkLocal(chosen)).find(Boolean)
      if (wrong) return `${element.name}: ${wrong}`
      rest = rest.slice(taken.length)
    }
    return rest[0] && `${element.name}: ${rest[0].name} is out of place`
  }

  const checkLocal =
    (declared: XmlElement | undefined): Check =>
    (element) =>
      element.namespace === localNamespace
        ? declared && checkElement(declared, element)
        : `${element.name} is in another namespace`

  return (element) => {
    const declared = roots.get(element.name)
    if (!declared || element.namespace !== namespace) return `${element.name} is not declared`
    return checkElement(declared, element)
  }
}

const textCheck =
  (simpleTypes: ReadonlyMap<string, XmlElement>) =>
  (type: string, element: XmlElement): string | undefined => {
    const simple = simpleTypes.get(type)
    const facets = simple && childOf(simple, 'restriction')
    const base = localName(facets?.attributes.base) ?? type
    const isRight =
      facetsHold(facets?.children ?? [], element.text) && isBuiltIn(base, element.text)
    return isRight ? undefined : `${element.name} is not valid`
  }

const localName = (qualified: string | undefined): string | undefined =>
  qualified?.replace(/^.*:/, '')

const leading = (elements: readonly XmlElement[], declared: XmlElement): readonly XmlElement[] => {
  const end = elements.findIndex(({ name }) => name !== declared.attributes.name)
  return end < 0 ? elements : elements.slice(0, end)
}

const countFault = ({ name, attributes }: XmlElement, count: number): string | undefined => {
  const { minOccurs = '1', maxOccurs = '1' } = attributes
  const max = maxOccurs === 'unbounded' ? Infinity : Number(maxOccurs)
  if (count >= Number(minOccurs) && count <= max) return undefined
  return `${attributes.name ?? name} is there ${count} times`
}

const facetsHold = (facets: readonly XmlElement[], text: string): boolean => {
  const values = facets.filter(({ name }) => name === 'enumeration')
  const isListed = values.some(({ attributes }) => attributes.value === text)
  const others = facets.filter(({ name }) => name !== 'enumeration')
  return (values.length === 0 || isListed) && others.every((facet) => facetHolds(facet, text))
}

const facetHolds = ({ name, attributes: { value = '' } }: XmlElement, text: string): boolean => {
  const length = [...text].length
  switch (name) {
    case 'pattern':
      return new RegExp(`^(?:${value})$`, 'u').test(text)
    case 'length':
      return length === Number(value)
    case 'minLength':
      return length >= Number(value)
    case 'maxLength':
      return length <= Number(value)
    case 'minInclusive':
      return Number(text) >= Number(value)
    case 'maxInclusive':
      return Number(text) <= Number(value)
    default:
      throw new Error(`the schema has a facet ${name} that is not known here`)
  }
}

const builtIns: Readonly<Record<string, RegExp>> = {
  string: /^/,
  int: /^-?\d{1,10}$/,
  boolean: /^(true|false|0|1)$/,
  decimal: /^-?\d+(\.\d+)?$/,
  date: /^\d{4}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?$/,
  dateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/,
  base64Binary: /^[A-Za-z0-9+/\s]*={0,2}\s*$/,
}

const isBuiltIn = (type: string, text: string): boolean => {
  const shape = builtIns[type]
  if (!shape) throw new Error(`the schema has a type ${type} that is not known here`)
  return shape.test(text)
}
