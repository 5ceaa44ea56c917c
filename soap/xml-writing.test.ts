import { describe, expect, it } from 'vitest'
import { readXml } from '#soap/xml'
import { base64Of, element, textElement } from '#soap/xml-writing'

describe('XML that is written', () => {
  it('closes what it opens, attributes or not, and leaves out what is absent', () => {
    const text = element('p:a xmlns:p="urn:x"', textElement('b', '1'), textElement('c', undefined))
    expect(text).toBe('<p:a xmlns:p="urn:x"><b>1</b></p:a>')
  })

  it.each([
    ['markup', '</a><a>&lt;"\''],
    ['what looks like CDATA from end to end', '<![CDATA[ ]]></a><a/><![CDATA[ ]]>'],
    ['a carriage return', 'one\r\ntwo'],
    ['what lies beyond the first plane', 'è \u{1F600}'],
  ])('says %s as text', (_what, told) => {
    expect(readXml(textElement('a', told) ?? '')).toMatchObject({ text: told, children: [] })
  })

  it('has a space for what XML cannot say', () => {
    expect(textElement('a', '\u0000\uD800\uFFFF')).toBe('<a>   </a>')
  })

  it('is carried as the base64 of its UTF-8', () => {
    expect(base64Of('è')).toBe('w6g=')
  })
})
