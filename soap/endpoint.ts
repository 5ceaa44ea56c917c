import { setTimeout as delay } from 'node:timers/promises'
import express from 'express'
import { page } from '#sandboxes/page'
import { envelopeOf, openedEnvelope, soapFault } from '#soap/envelope'
import { isUtf8, utf8Of, XmlError } from '#soap/xml'
import type { Check } from '#soap/schema-check'
import type { XmlElement } from '#soap/xml'
import type { RequestHandler, Response } from 'express'

/** What was asked, held against the description: by the element in the body it is known what. */
export interface SoapRequest {
  readonly body: XmlElement
  readonly header?: XmlElement | undefined
  /** Where the sandbox was reached, such as `http://127.0.0.1:4012`. */
  readonly origin: string
}

/** How an answer goes wrong on the way; one that is slow arrives in the end. */
export type Trouble =
  | { readonly kind: 'page'; readonly status: number }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'soap-fault'; readonly status?: number }
  | { readonly kind: 'hang' | 'lost' }

/** What is answered: the element in the body, XML text; or a SOAP fault that says this. */
export type SoapAnswer =
  { readonly body: string; readonly trouble?: Trouble | undefined } | { readonly fault: string }

export interface SoapEndpointOptions {
  /** Holds what is asked against the description. */
  readonly check: Check
  /** What pages say on top, such as `of MyPay: no money moves`. */
  readonly says: string
  /** Throws XmlError where the request is none that is played. */
  readonly play: (request: SoapRequest) => Promise<SoapAnswer>
}

const requestBytesMax = '2mb'

/**
 * The SOAP server of a sandbox, as strict as one that is made from the description. What is asked is known by the
 * element in the body, whatever the header SOAPAction says; a request that is none is answered with a SOAP fault.
 */
export const soapEndpoint = ({ check, says, play }: SoapEndpointOptions): RequestHandler[] => [
  express.raw({ type: () => true, limit: requestBytesMax }),
  async (request, response) => {
    const type = request.headers['content-type'] ?? ''
    try {
      const bytes = Buffer.from((request.body as Uint8Array | undefined) ?? [])
      const asked = readRequest(type, bytes, check)
      const answer = await play({ ...asked, origin: `http://${request.headers.host}` })
      await send(response, answer, says)
    } catch (error) {
      if (!(error instanceof XmlError)) throw error
      answerXml(response, 500, soapFault(`the request ${error.message}`, 'Client'))
    }
  },
]

/** Reads a request. Throws XmlError where it is none, or not as described. */
export const readRequest = (
  type: string,
  bytes: Uint8Array,
  check: Check,
): Omit<SoapRequest, 'origin'> => {
  const charset = /^text\/xml\s*;\s*charset="?([^";\s]+)"?$/i.exec(type)?.[1]
  if (charset === undefined || !isUtf8(charset)) throw new XmlError('is not declared as UTF-8')
  const { body, header } = openedEnvelope(utf8Of(bytes))
  const wrong = check(body) ?? (header && check(header))
  if (wrong) throw new XmlError(`is not as described: ${wrong}`)
  return { body, header }
}

const send = async (response: Response, answer: SoapAnswer, says: string): Promise<void> => {
  if ('fault' in answer) return answerXml(response, 500, soapFault(answer.fault))
  const { body, trouble } = answer
  if (trouble && (await isSpoilt(response, trouble, says))) return
  answerXml(response, 200, envelopeOf(body))
}

/** Whether the trouble leaves no room for the answer. */
const isSpoilt = async (response: Response, trouble: Trouble, says: string): Promise<boolean> => {
  switch (trouble.kind) {
    case 'page':
      if (trouble.status === 429) response.set('retry-after', '1')
      response.status(trouble.status).type('html').send(downPage(says))
      return true
    case 'soap-fault':
      answerXml(response, trouble.status ?? 500, soapFault('technical trouble'))
      return true
    case 'lost':
      response.socket?.destroy()
      return true
    case 'hang':
      return true
    case 'slow':
      await delay(trouble.ms)
      return false
  }
}

const downPage = (says: string): string =>
  page(says, 'Down', '<p>The service is down for a while.</p>')

const answerXml = (response: Response, status: number, text: string): void => {
  response.status(status).set('content-type', 'text/xml; charset=utf-8')
  response.send(Buffer.from(text, 'utf8'))
}
