import { readXml, textAt, XmlError } from '#soap/xml'
import { element, textElement } from '#soap/xml-writing'
import type { XmlElement } from '#soap/xml'

/** The namespace of SOAP 1.1. */
export const envelopeNamespace = 'http://schemas.xmlsoap.org/soap/envelope/'

/** The name of an element, and its namespace. */
export interface ElementName {
  readonly name: string
  readonly namespace: string
}

/** What stands in the body of a SOAP message, and the header beside it. Throws XmlError where it is none. */
export const openedEnvelope = (text: string): { body: XmlElement; header?: XmlElement } => {
  const envelope = readXml(text)
  const bodies = partsOf(envelope, 'Body')
  const [part] = bodies
  if (!isSoap(envelope, 'Envelope') || !part) throw new XmlError('is no SOAP message')
  const [body] = part.children
  if (!body || bodies.length > 1 || part.children.length > 1) {
    throw new XmlError('is no SOAP message of one body')
  }
  const header = partsOf(envelope, 'Header')[0]?.children[0]
  return header ? { body, header } : { body }
}

/** The answer is a SOAP fault. What it says may repeat personal data: the message repeats nothing of it. */
export class FaultError extends XmlError {
  readonly #text: string
  constructor(text: string) {
    super('is a SOAP fault')
    this.#text = text
  }

  /** Whether the fault says this, whatever else it says. */
  says(words: string): boolean {
    return this.#text.includes(words)
  }
}

/**
 * Holds an answer against what was asked: the one element awaited, so that what reads it next finds nothing else.
 * Elements that refer to one another are refused, too: a reader that joins them is led astray. Throws XmlError, FaultError where it is a fault.
 */
export const assertAnswer = (text: string, awaited: ElementName): void => {
  const { body } = openedEnvelope(text)
  if (isSoap(body, 'Fault')) throw new FaultError(textAt(body, 'faultstring') ?? '')
  if (body.name !== awaited.name || body.namespace !== awaited.namespace) {
    throw new XmlError('is none to what was asked')
  }
  assertNoReferences(body)
}

/** The SOAP message that has this XML text in its body. */
export const envelopeOf = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${element(
    `s:Envelope xmlns:s="${envelopeNamespace}"`,
    element('s:Body', body),
  )}`

/** Technical trouble: what SOAP itself has a word for, as a sandbox says it. */
export const soapFault = (reason: string, whose: 'Client' | 'Server' = 'Server'): string =>
  envelopeOf(
    element(
      's:Fault',
      textElement('faultcode', `s:${whose}`),
      textElement('faultstring', `SANDBOX: ${reason}`),
    ),
  )

const isSoap = (element: XmlElement, name: string): boolean =>
  element.name === name && element.namespace === envelopeNamespace

const partsOf = ({ children }: XmlElement, name: string): readonly XmlElement[] =>
  children.filter((child) => isSoap(child, name))

const assertNoReferences = ({ attributes, children }: XmlElement): void => {
  if ('id' in attributes || 'href' in attributes) throw new XmlError('has references within')
  children.forEach(assertNoReferences)
}
