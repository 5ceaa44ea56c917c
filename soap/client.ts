import { readFileSync } from 'node:fs'
import { Client, WSDL } from 'soap'
import { exchangeOf } from '#soap/exchange'
import { sayable } from '#soap/xml-writing'
import { TransientError } from '#core/errors'
import type { Asked, CallOptions } from '#soap/exchange'

export interface SoapClientOptions extends Asked {
  /** Path of the description, a file of ours: none is ever fetched. */
  readonly wsdlFile: string
  /** Where the operations are, whatever the description says. */
  readonly url: string
  /** HTTP headers beside those of SOAP, such as who is asking. */
  readonly headers?: Readonly<Record<string, string>>
  /** What stands in the SOAP header of an operation, XML text; without it there is none. */
  readonly headerOf?: (operation: string) => string | undefined
}

/**
 * Asks for an operation with these members, in the names and the order of the description; gives what the answer
 * holds, texts as they came: what they mean is for the caller's schema to say. Throws only TransientError: no answer,
 * a page, a SOAP fault, or an answer that was not awaited.
 */
export type SoapCall = (
  operation: string,
  members: object,
  options: CallOptions,
) => Promise<unknown>

type Invoke = (
  members: object,
  options: object,
  headers?: Readonly<Record<string, string>>,
) => Promise<readonly unknown[]>

interface Method {
  readonly $name: string
}

/** A client of one server, to be asked for one operation after the other or for several at once. */
export const soapClient = (options: SoapClientOptions): SoapCall => {
  const { party, url, headers, headerOf } = options
  let connecting: Promise<Client> | undefined
  const connect = async (): Promise<Client> => {
    const client = new Client(await described(options.wsdlFile), url, {
      httpClient: exchangeOf(options),
    })
    if (headerOf) client.addSoapHeader(({ $name }: Method) => headerOf($name) ?? '')
    return client
  }

  return async (operation, members, call) => {
    const client = await (connecting ??= connect())
    const invoke = client[`${operation}Async`] as Invoke
    const [answered] = await invoke(inText(members) as object, call, headers).catch(
      (error: unknown) => {
        // An error of the SOAP client carries the whole exchange: nothing of it goes on.
        if (error instanceof TransientError) throw error
        throw new TransientError(`${party} answered with something that is not its own`)
      },
    )
    return answered
  }
}

/**
 * The members with every text as text: the SOAP client writes what looks like CDATA from end to end as it is, and what
 * comes from outside could say anything within. A space behind makes it text.
 */
const inText = (member: unknown): unknown => {
  if (typeof member === 'string') return sayable(member).replace(/^<!\[CDATA\[.*$/su, '$& ')
  if (Array.isArray(member)) return member.map(inText)
  if (typeof member !== 'object' || member === null) return member
  return Object.fromEntries(Object.entries(member).map(([name, one]) => [name, inText(one)]))
}

const asText = (text: string): string => text
const customDeserializer = { int: asText, boolean: asText, date: asText, dateTime: asText }

const descriptions = new Map<string, Promise<WSDL>>()
const described = (file: string): Promise<WSDL> => {
  const known = descriptions.get(file) ?? readDescription(file)
  descriptions.set(file, known)
  return known
}

const readDescription = (file: string): Promise<WSDL> =>
  new Promise((resolve, reject) => {
    const wsdl = new WSDL(readFileSync(file, 'utf8'), file, { customDeserializer })
    wsdl.onReady((error) => (error ? reject(error) : resolve(wsdl)))
  })
