import { describe, expect, it } from 'vitest'
import { childOf, readXml, XmlError } from '#soap/xml'

const nested = (levels: number): string => '<a>'.repeat(levels) + '</a>'.repeat(levels)

// Nine levels of ten: a billion words out of a screenful.
const billionLaughs = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">${[...'bcdefghij']
  .map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghij'[i]};`.repeat(10)}">`)
  .join('')}]><l>&j;</l>`

describe('an XML text', () => {
  it('is read with its namespaces, whatever its prefixes', () => {
    const root = readXml(
      '<p:a xmlns:p="urn:x" n="1"><b>one &amp; two &#233;</b><b xmlns="urn:y"/></p:a>',
    )
    expect(root).toMatchObject({ name: 'a', namespace: 'urn:x', attributes: { n: '1' } })
    expect(root.children.map(({ namespace }) => namespace)).toEqual(['', 'urn:y'])
    expect(childOf(root, 'b')?.text).toBe('one & two é')
    expect(childOf(root, 'c')).toBeUndefined()
    expect(root.children[1]?.prefixes).toMatchObject({ p: 'urn:x', '': 'urn:y' })
  })

  it('may hold plain text within CDATA, a comment, and be declared UTF-8', () => {
    const text = '<?xml version="1.0" encoding="utf-8"?><a><!-- no --><![CDATA[1 & 2]]></a>'
    expect(readXml(text).text).toBe('1 & 2')
  })

  it.each([
    ['a document type', '<!DOCTYPE a><a/>'],
    ['entities that multiply', billionLaughs],
    ['an entity from outside', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['an entity nobody declared', '<a>&nbsp;</a>'],
    ['a processing instruction', '<?xml-stylesheet href="x"?><a/>'],
    ['markup within CDATA', '<a><![CDATA[<?xml version="1.0"?><b/>]]></a>'],
    ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
    ['too many levels', nested(33)],
    ['too many elements', `<a>${'<b/>'.repeat(50_000)}</a>`],
    ['a tag that is not closed', '<a><b></a>'],
    ['an end that is missing', '<a><b>'],
    ['a second root', '<a/><a/>'],
    ['a prefix nobody declared', '<p:a/>'],
    ['text before it', 'x<a/>'],
    ['nothing', ''],
    ['no tag', 'hello'],
  ])('is refused with %s', (_what, text) => {
    expect(() => readXml(text)).toThrow(XmlError)
  })

  it('may be as deep as is said', () => {
    expect(readXml(nested(32)).name).toBe('a')
  })
})
