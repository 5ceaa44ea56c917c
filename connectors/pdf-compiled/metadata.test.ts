import { expect, it } from 'vitest'
import { metadataOf } from '#connectors/pdf-compiled/metadata'

const packet = metadataOf({ title: 'Estado <A & B>', language: 'es-CO' })

it('tells title, language, date and the standards that are kept', () => {
  const text = packet('2026-01-07T12:00:05-05:00').toString('utf8')
  expect(text).toContain('<rdf:li xml:lang="x-default">Estado &lt;A &amp; B&gt;</rdf:li>')
  expect(text).toContain('<rdf:li>es-CO</rdf:li>')
  expect(text).toContain('<xmp:CreateDate>2026-01-07T12:00:05-05:00</xmp:CreateDate>')
  expect(text).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>')
  expect(text).toContain('<pdfuaid:part>1</pdfuaid:part>')
})

it('differs in its date only', () => {
  const [one, other] = ['2026-01-07T12:00:05Z', '2026-01-08T12:00:05Z'].map((dated) =>
    packet(dated).toString('utf8').replaceAll(dated, ''),
  )
  expect(one).toBe(other)
})
