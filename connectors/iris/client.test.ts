import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startExampleServer } from '#soap/example-server'
import { envelopeOf, soapFault } from '#soap/envelope'
import { irisClient } from '#connectors/iris/client'
import { tenantOf } from '#connectors/iris/config'
import { exampleConfiguration, exampleBody } from '#connectors/iris/example-configuration'
import { esitoOtf, esitoVerifica } from '#connectors/iris/sandbox-messages'
import { statusElement } from '#connectors/iris/sandbox-payments'
import { toPendenza } from '#connectors/iris/mapping'
import { trialFor } from '#connectors/iris/trial'
import { serviceOf } from '#connectors/iris/config'
import { TransientError } from '#core/errors'
import type { ExampleServer } from '#soap/example-server'

let server: ExampleServer
beforeAll(async () => {
  server = await startExampleServer()
})
afterAll(() => server.stop())

const configuration = () => {
  const { url } = server
  return exampleConfiguration({ positionsUrl: url, statusUrl: url, noticesUrl: url })
}
const client = () => irisClient(tenantOf(configuration()))
const us = { id: exampleBody.sender_id, system: exampleBody.sender_system }
const pendenza = () =>
  toPendenza(trialFor('01234567897'), serviceOf(configuration()), tenantOf(configuration()))
const tell = () => client().allineaPendenza(pendenza(), {})
const ask = () => client().verificaStato('99000000000012345', 'CANONE_UNICO')
const print = () =>
  client().generaAvviso(server.url, {
    IdentificativoDominio: '01234567897',
    IdentificativoUnivocoVersamento: '99000000000012345',
  })

const well = () => esitoOtf({}, 'a', us)
const unpaid = () =>
  esitoVerifica(
    [statusElement('POSIZIONE_NON_PAGATA', '99000000000012345', 'CANONE_UNICO')],
    'a',
    us,
  )
const says = (body: string) => server.answerText(envelopeOf(body))

describe('a pendency that is told', () => {
  it('is taken, or set aside by its codes, or was told before', async () => {
    says(well())
    expect(await tell()).toEqual({ kind: 'taken', session: undefined })
    const told = pendenza()
    says(esitoOtf({ iud: told.IdPendenza, code: 'A0000020' }, 'a', us))
    const refused = { kind: 'refused', codes: ['A0000020'] }
    expect(await client().allineaPendenza(told, {})).toEqual(refused)
    server.answerText(soapFault('Messaggio duplicato'), 500)
    expect(await tell()).toEqual({ kind: 'duplicate' })
  })

  it('is set aside also where the message as a whole is well', async () => {
    const told = pendenza()
    const lie = esitoOtf({ iud: told.IdPendenza, code: 'A0000020' }, 'a', us)
    says(lie.replace('Elaborato con Errori', 'Elaborato Correttamente'))
    expect(await client().allineaPendenza(told, {})).toMatchObject({ kind: 'refused' })
  })

  it.each([
    ['a word that nobody knows', () => well().replace('Correttamente', 'in parte')],
    ['another body', () => esitoOtf({}, 'a', { id: 'ALTRO', system: 'X' })],
    ['the answer to something else', () => unpaid()],
    ['nothing within', () => well().replace(/<e:IdpBody>.*<\/e:IdpBody>/, '')],
    ['no address of its page', () => esitoOtf({ session: { token: 't', url: 'x' } }, 'a', us)],
  ])('is in doubt where the answer has %s', async (_what, body) => {
    says(body())
    await expect(tell()).rejects.toThrow(TransientError)
  })

  it('says who tells it, and what for', async () => {
    says(well())
    await client().allineaPendenza(pendenza(), { msgId: 'msg_7' })
    const sent = server.bodies.at(-1) ?? ''
    expect(sent).toContain('<h:E2EMsgId>msg_7</h:E2EMsgId>')
    expect(sent).toContain('<h:E2ESndrId>BUGLIANO</h:E2ESndrId>')
    expect(sent).toContain('<h:E2ERcvrId>iris</h:E2ERcvrId>')
    expect(sent).not.toContain('IdpOTF')
  })
})

describe('a state that is asked for', () => {
  it('is asked for in detail, and told by the number', async () => {
    says(unpaid())
    expect(await ask()).toMatchObject({ Stato: 'POSIZIONE_NON_PAGATA' })
    expect(server.bodies.at(-1)).toContain(
      '<ip:richiestaInformazioniPagamento>true</ip:richiestaInformazioniPagamento>',
    )
  })

  it.each([
    ['another number', () => unpaid().replace('99000000000012345', '99000000000012346')],
    ['another body', () => unpaid().replaceAll('BUGLIANO', 'ALTRO')],
    ['nothing', () => esitoVerifica([], 'a', us)],
    [
      'the short form',
      () => esitoVerifica(['<e:StatoPagamento>Pagamento eseguito</e:StatoPagamento>'], 'a', us),
    ],
    [
      'an error beside it',
      () =>
        unpaid().replace(
          '</e:IdpBody>',
          '<e:Esito><e:Codice>X</e:Codice><e:Descrizione>x</e:Descrizione></e:Esito></e:IdpBody>',
        ),
    ],
  ])('is in doubt where the answer tells of %s', async (_what, body) => {
    says(body())
    await expect(ask()).rejects.toThrow(TransientError)
  })
})

describe('a notice', () => {
  const notice = (bytes: string) =>
    `<a:GeneraAvvisoResponse xmlns:a="http://idp.tasgroup.it/GenerazioneAvvisi/"><Body>` +
    `<AvvisoAnalogico>${Buffer.from(bytes).toString('base64')}</AvvisoAnalogico></Body></a:GeneraAvvisoResponse>`

  it('is a PDF', async () => {
    says(notice('%PDF-1.7 …'))
    expect(Buffer.from(await print()).toString()).toBe('%PDF-1.7 …')
  })

  it.each([
    ['a page', notice('<html>')],
    ['nothing', notice('')],
  ])('is none where it is %s', async (_what, body) => {
    says(body)
    await expect(print()).rejects.toThrow('iris answered without a notice')
  })
})

describe('whatever is asked', () => {
  const calls = { tell, ask, print }
  const bad: [string, string | Buffer, number, string][] = [
    ['a page', '<!doctype html><title>Login</title>', 200, 'text/html'],
    ['nothing', '', 200, 'text/xml'],
    ['a SOAP fault with 200', soapFault('PRVLCU85M15X000R'), 200, 'text/xml'],
    ['XML cut short', '<s:Envelope', 200, 'text/xml'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 200, 'text/xml'],
    ['another character set', Buffer.from('<a>è</a>', 'latin1'), 200, 'text/xml'],
    ['50 MB', ' '.repeat(50_000_000), 200, 'text/xml'],
    ['a redirect', '', 302, 'text/xml'],
  ]
  it.each(bad)(
    '%s is no answer, and nothing of it is repeated',
    async (_what, text, status, type) => {
      server.answerText(text, status, { 'content-type': type, location: 'http://169.254.169.254/' })
      for (const call of Object.values(calls)) {
        const error: unknown = await call().catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(TransientError)
        const shown = inspect(error) + JSON.stringify(error)
        for (const secret of [exampleBody.password, 'PRVLCU85M15X000R', 'Basic']) {
          expect(shown).not.toContain(secret)
        }
      }
    },
  )
})
