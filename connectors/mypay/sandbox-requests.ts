import { readFileSync } from 'node:fs'
import { headerNamespace } from '#connectors/mypay/client'
import { documentText } from '#connectors/mypay/document-reading'
import { descriptionCheck, schemaCheck } from '#soap/schema-check'
import { readXml, textAt, XmlError } from '#soap/xml'
import type { SoapRequest } from '#soap/endpoint'
import type { XmlElement } from '#soap/xml'

const read = (file: string): XmlElement =>
  readXml(readFileSync(new URL(`./${file}`, import.meta.url), 'utf8'))

/** Holds messages and their headers against the description. */
export const messageCheck = descriptionCheck(read('pagamenti-telematici.wsdl'))
const documentCheck = schemaCheck(read('dovuti-pagati.xsd'))

/** Who asks: by the header where there is one, else by the message. */
export interface Asking {
  readonly ipaCode: string
  readonly password: string
}

/** Who asks; empty texts where it is not said. */
export const askingOf = ({ body, header }: Pick<SoapRequest, 'body' | 'header'>): Asking => {
  const named = header?.namespace === headerNamespace ? header : body
  return {
    ipaCode: textAt(named, 'codIpaEnte') ?? '',
    password: textAt(body, 'password') ?? '',
  }
}

/** Reads a document that came within a request; undefined where it is not as its schema says. */
export const readEmbedded = (carried: string): XmlElement | undefined => {
  try {
    const document = readXml(documentText(carried))
    return documentCheck(document) === undefined ? document : undefined
  } catch (error) {
    if (error instanceof XmlError) return undefined
    throw error
  }
}
