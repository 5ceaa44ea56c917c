import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { soapClient } from '#soap/client'
import { envelopeOf } from '#soap/envelope'
import { descriptionCheck } from '#soap/schema-check'
import { readXml } from '#soap/xml'
import { element, textElement } from '#soap/xml-writing'

const wsdlFile = fileURLToPath(new URL('./example.wsdl', import.meta.url))
const headerNamespace = 'urn:example:header'

export const examplePassword = 'prova-prova'
export const exampleAwaited = { name: 'askAnswer', namespace: 'urn:example:messages' } as const

/** Holds requests against the description of the fictional service. */
export const exampleCheck = descriptionCheck(readXml(readFileSync(wsdlFile, 'utf8')))

/** Asks the fictional service at this address one thing. */
export const askExample = (
  url: string,
  timeout_ms = 2_000,
  signal?: AbortSignal,
  question = 'è & <b>',
) =>
  soapClient({
    party: 'the example',
    url,
    timeout_ms,
    wsdlFile,
    headers: { authorization: 'Basic ZXhhbXBsZQ==' },
    headerOf: () => element(`h:caller xmlns:h="${headerNamespace}"`, textElement('code', 'è')),
  })('ask', { password: examplePassword, question }, { awaited: exampleAwaited, signal })

/** The body of an answer of the fictional service with these members, XML text. */
export const exampleAnswer = (members: string): string =>
  element(`m:askAnswer xmlns:m="${exampleAwaited.namespace}"`, members)

/** An answer of the fictional service. */
export const exampleAnswerText = (members: string): string => envelopeOf(exampleAnswer(members))
