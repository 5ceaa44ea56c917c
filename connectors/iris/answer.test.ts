import { describe, expect, it } from 'vitest'
import { envelopeNamespace, openedEnvelope } from '#soap/envelope'
import { textAt } from '#soap/xml'
import { answer } from '#connectors/iris/answer'
import { outcomeNamespace, proxyNamespace } from '#connectors/iris/names'

describe('iris is answered', () => {
  it('that its message was taken, in its words: infoMessaggio has no namespace, what it holds has', () => {
    const { status, type, body } = answer({ taken: 2 })
    expect([status, type]).toEqual([200, 'text/xml; charset=utf-8'])
    const { body: told } = openedEnvelope(body)
    expect(told).toMatchObject({
      name: 'IdpInformativaPagamentoResponse',
      namespace: proxyNamespace,
      children: [
        {
          name: 'infoMessaggio',
          namespace: '',
          children: [
            { name: 'Stato', namespace: outcomeNamespace, text: 'Elaborato Correttamente' },
          ],
        },
      ],
    })
  })

  it.each([
    [401, 401, 's:Client'],
    [403, 500, 's:Client'],
    [413, 500, 's:Client'],
    [422, 500, 's:Client'],
    [404, 500, 's:Server'],
    [503, 500, 's:Server'],
  ])('%i with a SOAP fault that says whose it is', (status, told, whose) => {
    const refused = answer({ refused: { status, detail: 'no <b> & co' } })
    expect(refused.status).toBe(told)
    const { body } = openedEnvelope(refused.body)
    expect(body).toMatchObject({ name: 'Fault', namespace: envelopeNamespace })
    expect(textAt(body, 'faultcode')).toBe(whose)
    expect(textAt(body, 'faultstring')).toBe('no <b> & co')
  })
})
