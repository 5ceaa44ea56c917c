/** What a document says of itself in XMP. */
export interface Metadata {
  readonly title: string
  /** A BCP 47 tag. */
  readonly language: string
}

/** The packet of a date, ISO 8601 with an offset: documents of one template differ in nothing else. */
export function metadataOf({ title, language }: Metadata): (dated: string) => Buffer {
  const [before, behind] = [beginOf(title, language), end]
  return (dated) =>
    Buffer.from(
      `${before}<xmp:CreateDate>${dated}</xmp:CreateDate><xmp:ModifyDate>${dated}</xmp:ModifyDate>${behind}`,
    )
}

const namespaces = Object.entries({
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  pdf: 'http://ns.adobe.com/pdf/1.3/',
  pdfaid: 'http://www.aiim.org/pdfa/ns/id/',
  pdfuaid: 'http://www.aiim.org/pdfua/ns/id/',
  pdfaExtension: 'http://www.aiim.org/pdfa/ns/extension/',
  pdfaSchema: 'http://www.aiim.org/pdfa/ns/schema#',
  pdfaProperty: 'http://www.aiim.org/pdfa/ns/property#',
})

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escaped = (text: string) => text.replace(/[&<>]/g, (character) => escapes[character]!)

const element = (name: string, content: string) => `<${name}>${content}</${name}>`
const list = (kind: string, item: string) => `<rdf:${kind}>${item}</rdf:${kind}>`
const members = (content: string) => `<rdf:li rdf:parseType="Resource">${content}</rdf:li>`

const beginOf = (title: string, language: string) =>
  [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\n',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about=""',
    ...namespaces.map(([prefix, name]) => ` xmlns:${prefix}="${name}"`),
    '>',
    element('dc:format', 'application/pdf'),
    element('dc:title', list('Alt', `<rdf:li xml:lang="x-default">${escaped(title)}</rdf:li>`)),
    element('dc:language', list('Bag', element('rdf:li', language))),
    element('pdf:Producer', 'Corrente'),
    element('pdfaid:part', '2'),
    element('pdfaid:conformance', 'A'),
    element('pdfuaid:part', '1'),
  ].join('')

/** PDF/A knows no member `pdfuaid:part`: who uses it declares it. */
const declared = element(
  'pdfaExtension:schemas',
  list(
    'Bag',
    members(
      [
        element('pdfaSchema:schema', 'PDF/UA identification'),
        element('pdfaSchema:namespaceURI', 'http://www.aiim.org/pdfua/ns/id/'),
        element('pdfaSchema:prefix', 'pdfuaid'),
        element(
          'pdfaSchema:property',
          list(
            'Seq',
            members(
              [
                element('pdfaProperty:name', 'part'),
                element('pdfaProperty:valueType', 'Integer'),
                element('pdfaProperty:category', 'internal'),
                element('pdfaProperty:description', 'Part of ISO 14289 that is conformed to'),
              ].join(''),
            ),
          ),
        ),
      ].join(''),
    ),
  ),
)

const end = `${declared}</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>`
