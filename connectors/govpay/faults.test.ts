import { describe, expect, it } from 'vitest'
import { faultOf } from '#connectors/govpay/faults'

const fault = (status: number, body: unknown) =>
  faultOf(status, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)))
const bean = (codice: string) => ({
  categoria: 'OPERAZIONE',
  codice,
  descrizione: 'PRVLCU85M15X000R owes it',
  dettaglio: 'Luca Prova',
})
const former = { detail: 'PRVLCU85M15X000R', status: 422, title: 'refused', type: null }

describe('GovPay says no', () => {
  it.each([
    [400, 'SINTASSI', ''],
    [400, '400000', ''],
    [404, '404000', ''],
    [422, 'VER_002', ', the items do not add up to the amount'],
    [422, 'SEMANTICA', ''],
    [422, 'TVD_000', ', the body has no such type of due at GovPay'],
    [422, 'PAG_014', ', a payment of the debt is under way'],
    [500, 'DOM_002', ''],
    [500, 'WISP_003', ''],
    [500, 'VAL_001', ''],
    [500, 'TRASFORMAZIONE', ''],
  ])('with %s and %s, in a sentence of ours', (status, code, sentence) => {
    expect(fault(status, bean(code))).toMatchObject({
      name: 'RejectedError',
      code: `govpay-${status}`,
      message: `GovPay refused (${status}): ${code}${sentence}`,
    })
  })

  it('in the words of its old versions', () => {
    expect(fault(422, former)).toMatchObject({
      name: 'RejectedError',
      code: 'govpay-422',
      message: 'GovPay refused (422)',
    })
  })
})

describe('nothing is refused', () => {
  it.each([
    [401, bean('401000'), 'GovPay does not take the credentials (401): 401000'],
    [403, bean('403000'), 'GovPay does not let the application do this (403): 403000'],
    [403, bean('APP_003'), 'GovPay does not let the application do this (403): APP_003'],
    [400, bean('APP_002'), 'GovPay answered 400: APP_002'],
    [401, '', 'GovPay does not take the credentials (401)'],
  ])('by %s where an administrator mends it', (status, body, message) => {
    expect(fault(status, body)).toMatchObject({ name: 'TransientError', message })
  })

  it.each([
    [408, bean('X')],
    [425, bean('X')],
    [429, bean('X')],
    [500, bean('INTERNAL')],
    [500, bean('INTERNO')],
    [502, bean('PPT_CANALE_IRRAGGIUNGIBILE')],
    [502, bean('DOM_002')],
    [503, bean('PAA_NODO_INDISPONIBILE')],
    [504, ''],
    [302, ''],
    [304, bean('VER_002')],
  ])('by %s, which passes', (status, body) => {
    expect(fault(status, body)).toMatchObject({ name: 'TransientError' })
  })

  it.each([
    ['a page', '<!doctype html><title>Blocked</title>'],
    ['nothing', ''],
    ['the JSON of another', { message: 'no route' }],
    ['free text in place of a code', bean('Luca Prova is unknown')],
  ])('by 4xx and 500 with %s: it is not GovPay that says no', (_what, body) => {
    for (const status of [400, 404, 405, 409, 410, 422, 500]) {
      expect(fault(status, body)).toMatchObject({
        name: 'TransientError',
        message: `GovPay answered ${status}`,
      })
    }
  })

  it('by a 404 that carries no code of GovPay, since servers between us say that, too', () => {
    expect(fault(404, { ...former, status: 404 })).toMatchObject({ name: 'TransientError' })
  })

  it('and personal data is in no sentence', () => {
    for (const body of [bean('VER_002'), former]) {
      expect(fault(422, body).message).not.toMatch(/PRVLCU|Luca/)
    }
  })
})
