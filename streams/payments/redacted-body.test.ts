import { describe, expect, it } from 'vitest'
import { mediaTypeOf, redactedBody } from '#streams/payments/redacted-body'

const redacted = (type: string | undefined, body: string): unknown =>
  JSON.parse(redactedBody({ type, bytes: Buffer.from(body, 'utf8') }, payment_id))
const json = (value: unknown) => redacted('application/json; charset=utf-8', JSON.stringify(value))
const xml = (body: string) => redacted('text/xml', body)

const payment_id = '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11'
const iud = payment_id.replaceAll('-', '')

describe('a body that is kept', () => {
  it('has its members by name, values by shape, and what is public as it is', () => {
    expect(
      json({
        iud,
        state: 'PAID',
        amount: '42.50',
        notice_number: '301000000012345688',
        iuv: '01000000012345688',
        reason: 'Canone unico 2025',
        payer: { type: 'human', name: 'Luca Prova', tax_code: 'PRVLCU85M15X000R' },
        paid_at: null,
        isFinal: true,
        count: 3,
      }),
    ).toEqual({
      iud,
      state: 'PAID',
      amount: '42.50',
      notice_number: '301000000012345688',
      iuv: '01000000012345688',
      reason: 'text of 17',
      payer: { type: 'text of 5', name: 'text of 10', tax_code: 'text of 16' },
      paid_at: null,
      isFinal: 'boolean',
      count: 'number',
    })
  })

  it('is told in the same way of XML, without prefixes and attributes', () => {
    expect(
      xml(`<?xml version="1.0"?><!-- x --><s:Envelope xmlns:s="http://soap"><s:Body>
        <a:ImportaDovuto secret="hidden"><password><![CDATA[geheim <1>]]></password>
        <fault><faultCode>PAA_IUD_NON_VALIDO</faultCode><faultString>Luca Prova</faultString></fault>
        <identificativoUnivocoDovuto>${iud}</identificativoUnivocoDovuto><importo>1.00</importo><importo>2.00</importo>
        <vuoto/></a:ImportaDovuto></s:Body></s:Envelope>`),
    ).toEqual({
      Envelope: {
        Body: {
          ImportaDovuto: {
            password: 'text of 10',
            fault: { faultCode: 'PAA_IUD_NON_VALIDO', faultString: 'text of 10' },
            identificativoUnivocoDovuto: iud,
            importo: ['1.00', '2.00'],
            vuoto: 'text of 0',
          },
        },
      },
    })
  })

  it.each([
    ['Stato', 'Elaborato Correttamente'],
    ['stato', 'Non eseguito'],
    ['Codice', 'A0000010'],
    ['categoria', 'RICHIESTA'],
    ['outcome', 'OK'],
    ['IdPagamento', '99785955375515822'],
    ['creditorReferenceId', '99785955375515822'],
    ['Pendenza', iud],
    ['ImportoTransato', '42.50'],
    ['idA2A', null],
    ['E2EMsgId', null],
  ])('shows what an intermediary says by %s: %s', (name, value) => {
    expect(json({ [name]: value })).toEqual({ [name]: value })
  })

  it.each([
    ['stato', 'Luca Eseguito'],
    ['codice', 'PR123456789'],
    ['pendenza', '9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d'],
    ['state', 'Luca Prova'],
    ['state', 'PRVLCU85M15X000R'],
    ['state', 'IT60X0542811101000000123456'],
    ['amount', 'PRVLCU85M15X000R'],
    ['iuv', 'PRVLCU85M15X000R'],
    ['code', 'PRVLCU85M15X000R'],
    ['iud', '9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d'],
    ['error', 'Luca'],
    ['state', 'Luca'],
    ['notice_code', '3333333333'],
  ])('shows no %s that looks like something else: %s', (name, value) => {
    expect(json({ [name]: value })).toEqual({ [name]: `text of ${value.length}` })
  })

  it('shows no name that is no schema’s', () => {
    expect(json({ PRVLCU85M15X000R: 1, '393331234567': 2, 'luca@example.org': 3 })).toEqual({
      '…': 'number',
    })
  })

  it('is short of a long one', () => {
    expect(json({ dues: [{ iud }, { iud }, { iud }, { iud }, { iud }] })).toEqual({
      dues: [{ iud }, { iud }, { iud }, '… 2 more'],
    })
    expect(json({ text: 'x'.repeat(70_000) })).toBe('too long to be shown')
  })

  it.each([
    ['application/pdf', '%PDF-1.4'],
    ['text/html', '<html>Luca</html>'],
    ['application/json', '{"name":"Luca"'],
    ['text/xml', '<name>Luca'],
    ['text/xml', '<name>Luca</nome>'],
    ['text/xml', 'Luca'],
    ['text/xml', '<!DOCTYPE a [<!ENTITY e "Luca">]><a>&e;</a>'],
    ['text/xml', '<name/>Luca'],
    [undefined, '{"name":"Luca"}'],
  ])('is not shown where it is no %s that can be read: %s', (type, body) => {
    expect(redacted(type, body)).toBe('not shown')
  })

  it('knows a media type, and takes nothing else for one', () => {
    expect(mediaTypeOf('Application/JSON; charset=utf-8')).toBe('application/json')
    expect(mediaTypeOf('multipart/form-data; boundary=Luca')).toBe('multipart/form-data')
    expect(mediaTypeOf('Luca Prova')).toBeNull()
  })
})
