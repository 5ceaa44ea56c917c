import { describe, expect, it } from 'vitest'
import { assertAnswer, envelopeNamespace, openedEnvelope, soapFault } from '#soap/envelope'
import { exampleAnswerText, exampleAwaited as awaited } from '#soap/example-service'
import { XmlError } from '#soap/xml'

const answer = exampleAnswerText('<word>OK</word>')
const envelope = (body: string) => `<e:Envelope xmlns:e="${envelopeNamespace}">${body}</e:Envelope>`
const soap12 = 'http://www.w3.org/2003/05/soap-envelope'

describe('an answer', () => {
  it('is the one element that is awaited', () => {
    expect(() => assertAnswer(answer, awaited)).not.toThrow()
    expect(openedEnvelope(answer).body.children.map(({ name }) => name)).toEqual(['word'])
  })

  it.each([
    ['a SOAP fault', soapFault('trouble')],
    ['the answer to something else', answer.replaceAll('askAnswer', 'tellAnswer')],
    ['of another namespace', answer.replace(awaited.namespace, 'urn:other')],
    ['of another version of SOAP', answer.replace(envelopeNamespace, soap12)],
    ['a message without a body', envelope('')],
    ['a body with nothing in it', envelope('<e:Body/>')],
    ['two in one body', envelope('<e:Body><a/><b/></e:Body>')],
    ['two bodies', answer.replace('</s:Body>', '</s:Body><s:Body/>')],
    ['a page', '<html><body>Login</body></html>'],
    ['with elements that name one another', answer.replace('<word>', '<word id="__proto__">')],
    ['with elements that point at one another', answer.replace('<word>', '<word href="#a">')],
  ])('is refused: %s', (_what, text) => {
    expect(() => assertAnswer(text, awaited)).toThrow(XmlError)
  })
})
