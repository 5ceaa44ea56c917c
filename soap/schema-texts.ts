import { childOf } from '#soap/xml'
import type { XmlElement } from '#soap/xml'

/** Whether a text has all facets of a simple type's restriction. Throws at a facet that is not known here. */
export const facetsHold = (simpleType: XmlElement, text: string): boolean => {
  const facets = childOf(simpleType, 'restriction')?.children ?? []
  const values = facets.filter(({ name }) => name === 'enumeration')
  const isListed = values.some(({ attributes }) => attributes.value === text)
  const others = facets.filter(({ name }) => name !== 'enumeration')
  return (values.length === 0 || isListed) && others.every((facet) => facetHolds(facet, text))
}

const facetHolds = ({ name, attributes: { value = '' } }: XmlElement, text: string): boolean => {
  const length = [...text].length
  const [, whole = '', fraction = ''] = /^[-+]?0*(\d*)\.?(\d*)$/.exec(text) ?? []
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
    case 'fractionDigits':
      return fraction.replace(/0+$/, '').length <= Number(value)
    case 'totalDigits':
      return (whole + fraction.replace(/0+$/, '')).length <= Number(value)
    default:
      throw new Error(`the schema has a facet ${name} that is not known here`)
  }
}

const zone = '(?:Z|[+-]\\d\\d:\\d\\d)?'
const builtIns: Readonly<Record<string, RegExp>> = {
  string: /^/,
  anyURI: /^\S*$/,
  int: /^-?\d{1,10}$/,
  boolean: /^(true|false|0|1)$/,
  decimal: /^[-+]?(\d+(\.\d*)?|\.\d+)$/,
  date: new RegExp(`^\\d{4}-\\d\\d-\\d\\d${zone}$`),
  dateTime: new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?${zone}$`),
  gYear: new RegExp(`^\\d{4}${zone}$`),
  base64Binary: /^[A-Za-z0-9+/\s]*={0,2}\s*$/,
}

/** Whether a text is of a type of XML Schema itself. Throws at a type that is not known here. */
export const isBuiltIn = (type: string, text: string): boolean => {
  const shape = builtIns[type]
  if (!shape) throw new Error(`the schema has a type ${type} that is not known here`)
  return shape.test(text)
}
