import { describe, expect, it } from 'vitest'
import { descriptionCheck, schemaCheck } from '#soap/schema-check'
import { readXml } from '#soap/xml'

const schemaOf = (types: string, form = 'elementFormDefault="qualified"') =>
  schemaCheck(
    readXml(
      `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t"
        targetNamespace="urn:t" ${form}><xsd:element name="a" type="t:ct"/>${types}</xsd:schema>`,
    ),
  )
const sequence = (...members: string[]) =>
  `<xsd:complexType name="ct"><xsd:sequence>${members.join('')}</xsd:sequence></xsd:complexType>`
const member = (name: string, type = 'xsd:string', rest = '') =>
  `<xsd:element name="${name}" type="${type}" ${rest}/>`
const simple = (facets: string, base = 'xsd:string') =>
  `<xsd:simpleType name="st"><xsd:restriction base="${base}">${facets}</xsd:restriction></xsd:simpleType>`
const a = (content: string) => readXml(`<a xmlns="urn:t">${content}</a>`)

describe('a description', () => {
  const description = readXml(
    `<wsdl xmlns:xsd="http://www.w3.org/2001/XMLSchema"><types>
      <xsd:schema targetNamespace="urn:t"><xsd:element name="a" type="xsd:int"/></xsd:schema>
      <xsd:schema targetNamespace="urn:u"><xsd:element name="b" type="xsd:int"/></xsd:schema>
    </types></wsdl>`,
  )

  it('holds each element against the schema of its namespace', () => {
    const check = descriptionCheck(description)
    expect(check(readXml('<a xmlns="urn:t">1</a>'))).toBeUndefined()
    expect(check(readXml('<b xmlns="urn:u">x</b>'))).toBe('b is not valid')
    expect(check(readXml('<b xmlns="urn:t">1</b>'))).toBe('b is not declared')
    expect(check(readXml('<b xmlns="urn:v">1</b>'))).toBe('b is not declared')
  })

  const referring = descriptionCheck(
    readXml(`<wsdl xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" xmlns:u="urn:u"><types>
      <xsd:schema targetNamespace="urn:t">
        <xsd:element name="a"><xsd:complexType><xsd:sequence>
          <xsd:element ref="u:a"/><xsd:element name="b" type="u:st"/>
        </xsd:sequence></xsd:complexType></xsd:element>
      </xsd:schema>
      <xsd:schema targetNamespace="urn:u" elementFormDefault="qualified">
        <xsd:element name="a" type="u:ct"/>
        <xsd:complexType name="ct"><xsd:sequence>
          <xsd:element name="b" type="u:st"/>
        </xsd:sequence></xsd:complexType>
        <xsd:simpleType name="st"><xsd:restriction base="u:base"><xsd:maxLength value="1"/></xsd:restriction></xsd:simpleType>
        <xsd:simpleType name="base"><xsd:restriction base="xsd:string"><xsd:pattern value="[a-z]*"/></xsd:restriction></xsd:simpleType>
      </xsd:schema>
    </types></wsdl>`),
  )
  const both = (inner: string, outer: string) =>
    readXml(`<t:a xmlns:t="urn:t"><a xmlns="urn:u"><b>${inner}</b></a><b>${outer}</b></t:a>`)

  it('refers from one schema to another, where elements are qualified by their own', () => {
    expect(referring(both('x', 'y'))).toBeUndefined()
    expect(referring(both('xy', 'y'))).toBe('a: a: b is not valid')
    expect(referring(both('x', 'Y'))).toBe('a: b is not valid')
    const unqualified = readXml('<t:a xmlns:t="urn:t"><t:a/><b>y</b></t:a>')
    expect(referring(unqualified)).toBe('a: a is in another namespace')
  })
})

describe('a schema', () => {
  const some = schemaOf(
    sequence(
      member('b'),
      member('c', 'xsd:int', 'minOccurs="0"'),
      member('d', 'xsd:date', 'maxOccurs="2"'),
    ),
  )

  it.each(['<b/><d>2025-03-11</d>', '<b>x</b><c>1</c><d>2025-03-11</d><d>2025-03-12Z</d>'])(
    'takes what is as it says: %s',
    (content) => {
      expect(some(a(content))).toBeUndefined()
    },
  )

  it.each([
    ['is missing', '<d>2025-03-11</d>', 'a: b is there 0 times'],
    ['is too many', `<b/>${'<d>2025-03-11</d>'.repeat(3)}`, 'a: d is there 3 times'],
    ['is out of place', '<b/><d>2025-03-11</d><c>1</c>', 'a: c is out of place'],
    ['is unknown', '<b/><d>2025-03-11</d><e/>', 'a: e is out of place'],
    ['is no day', '<b/><d>soon</d>', 'a: d is not valid'],
    ['holds elements', '<b><c>1</c></b><d>2025-03-11</d>', 'a: b holds elements'],
    ['stands between elements', '<b/>x<d>2025-03-11</d>', 'a holds text'],
    ['is of no namespace', '<b xmlns=""/><d>2025-03-11</d>', 'a: b is in another namespace'],
  ])('says what %s', (_what, content, wrong) => {
    expect(some(a(content))).toBe(wrong)
  })

  it('knows the roots it declares', () => {
    expect(some(readXml('<a/>'))).toBe('a is not declared')
    expect(some(readXml('<z xmlns="urn:t"/>'))).toBe('z is not declared')
  })

  it('gives its local elements no namespace where it is not qualified', () => {
    const check = schemaOf(sequence(member('b')), '')
    expect(check(readXml('<t:a xmlns:t="urn:t"><b/></t:a>'))).toBeUndefined()
    expect(check(a('<b/>'))).toBe('a: b is in another namespace')
  })

  it('lets one be chosen', () => {
    const check = schemaOf(sequence(`<xsd:choice>${member('b')}${member('c')}</xsd:choice>`))
    expect(check(a('<c/>'))).toBeUndefined()
    expect(check(a('<b/><c/>'))).toBe('a: c is out of place')
    expect(check(a(''))).toBe('a: choice is there 0 times')
  })

  it('puts what it extends first', () => {
    const base = sequence(member('b')).replace('"ct"', '"base"')
    const extension = `<xsd:complexType name="ct"><xsd:complexContent><xsd:extension base="t:base">
      <xsd:sequence>${member('c')}</xsd:sequence></xsd:extension></xsd:complexContent></xsd:complexType>`
    expect(schemaOf(base + extension)(a('<b/><c/>'))).toBeUndefined()
    expect(schemaOf(base + extension)(a('<c/><b/>'))).toBe('a: b is there 0 times')
  })

  const attribute = (name: string, rest = '') =>
    `<xsd:attribute name="${name}" type="xsd:int" ${rest}/>`
  const b = (attributes: string) => a(`<b ${attributes}/>`)

  it('holds attributes against their types, those that must be there and those that nobody declared', () => {
    const check = schemaOf(
      sequence(member('b', 't:with')) +
        `<xsd:complexType name="with">${attribute('n', 'use="required"')}${attribute('m')}</xsd:complexType>`,
    )
    expect(check(b('n="1" m="2"'))).toBeUndefined()
    expect(check(b('n="1" xmlns:xsi="urn:xsi" xsi:type="x"'))).toBeUndefined()
    expect(check(b(''))).toBe('a: b: the attribute n is not valid')
    expect(check(b('n="x"'))).toBe('a: b: the attribute n is not valid')
    expect(check(b('n="1" o="2"'))).toBe('a: b: the attribute o is out of place')
  })

  it('gives attributes to texts', () => {
    const check = schemaOf(
      sequence(member('b', 't:text')) +
        `<xsd:complexType name="text"><xsd:simpleContent><xsd:extension base="xsd:int">${attribute('n')}</xsd:extension></xsd:simpleContent></xsd:complexType>`,
    )
    expect(check(a('<b n="1">2</b>'))).toBeUndefined()
    expect(check(a('<b n="x">2</b>'))).toBe('a: b: the attribute n is not valid')
    expect(check(a('<b>x</b>'))).toBe('a: b is not valid')
  })

  it.each([
    ['<xsd:pattern value="\\d+\\.\\d{2}"/>', '42.50', '42,50'],
    ['<xsd:length value="2"/>', 'PI', 'PIS'],
    ['<xsd:minLength value="1"/>', 'x', ''],
    ['<xsd:maxLength value="2"/>', '\u{1F600}\u{1F600}', 'xyz'],
    ['<xsd:fractionDigits value="2"/>', '42.500', '42.505'],
    ['<xsd:totalDigits value="3"/>', '042.50', '142.5'],
    ['<xsd:enumeration value="F"/><xsd:enumeration value="G"/>', 'G', 'X'],
  ])('holds texts against %s', (facets, right, wrong) => {
    const check = schemaOf(sequence(member('b', 't:st')) + simple(facets))
    expect(check(a(`<b>${right}</b>`))).toBeUndefined()
    expect(check(a(`<b>${wrong}</b>`))).toBe('a: b is not valid')
  })

  it('passes over no rule it does not know', () => {
    const check = schemaOf(
      sequence(member('b', 't:st')) + simple('<xsd:whiteSpace value="collapse"/>'),
    )
    expect(() => check(a('<b/>'))).toThrow('whiteSpace')
    expect(() => schemaOf(sequence(member('b', 'xsd:float')))(a('<b/>'))).toThrow('float')
  })
})
