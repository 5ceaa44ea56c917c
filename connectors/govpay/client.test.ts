import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleAccess } from '#connectors/govpay/example-configuration'
import { startExampleParty } from '#connectors/govpay/example-party'
import { iudFor } from '#sandboxes/example-payment'
import { TransientError } from '#core/errors'
import type { ExampleParty } from '#connectors/govpay/example-party'
import type { NuovaPendenza } from '#connectors/govpay/words'

const iud = iudFor(4250)
const pendenza = {
  idA2A: 'A2A-CORRENTE',
  idPendenza: iud,
  dominio: { idDominio: exampleAccess.domain_id },
  stato: 'NON_ESEGUITA',
  importo: 42.5,
  numeroAvviso: '301000000012345688',
  iuvAvviso: '01000000012345688',
  voci: [],
  rpp: [],
}
const opening = { idPendenza: iud, causale: 'Canone è dovuto', importo: '300.00' } as NuovaPendenza

let party: ExampleParty
beforeAll(async () => {
  party = await startExampleParty()
})
afterAll(() => party.stop())

describe('the client', () => {
  it('asks the API of debts, below the path of the base URL, with its credentials', async () => {
    const seen = party.listening(200, pendenza)
    await party.client().getPendenza(iud)
    const path = `/govpay/backend/api/pendenze/rs/basic/v2/pendenze/${party.application()}/${iud}`
    expect(seen[0]?.call).toBe(`GET ${path}`)
    const { username, password } = exampleAccess
    const basic = Buffer.from(`${username}:${password}`).toString('base64')
    expect(seen[0]?.headers['authorization']).toBe(`Basic ${basic}`)
  })

  it('asks the API of payments for a page, and says where to come back to', async () => {
    const seen = party.listening(201, {
      id: '1',
      redirect: 'https://pay.example/scelta?idSession=1',
    })
    const { url } = await party.client().postPagamento(iud, 'http://127.0.0.1:9/landing/1')
    expect(url).toBe('https://pay.example/scelta?idSession=1')
    expect(seen[0]?.call).toBe('POST /govpay/frontend/api/pagamento/rs/basic/v2/pagamenti')
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      pendenze: [{ idA2A: party.application(), idPendenza: iud }],
      urlRitorno: 'http://127.0.0.1:9/landing/1',
    })
  })

  it('sends UTF-8 and says so, amounts as numbers with two decimals, and nothing of its own key', async () => {
    const seen = party.listening(201, {
      idDominio: '01234567890',
      numeroAvviso: '301000000012345688',
    })
    await party.client().putPendenza(opening)
    expect(seen[0]?.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(seen[0]?.body).toBe('{"causale":"Canone è dovuto","importo":300.00}')
  })

  it('cancels with words in upper case', async () => {
    const seen = party.listening(200, pendenza)
    await party.client().patchPendenza(iud, [{ op: 'REPLACE', path: '/stato', value: 'ANNULLATA' }])
    expect(seen[0]).toMatchObject({
      headers: { 'content-type': 'application/json-patch+json; charset=utf-8' },
      body: '[{"op":"REPLACE","path":"/stato","value":"ANNULLATA"}]',
    })
  })

  it('takes nothing at all for the cancelling it asked for, but no page', async () => {
    const change = { op: 'REPLACE', path: '/stato', value: 'ANNULLATA' } as const
    party.answering(200)
    await party.client().patchPendenza(iud, [change])
    party.answering(200, '<!doctype html><title>Login</title>')
    await expect(party.client().patchPendenza(iud, [change])).rejects.toThrow(TransientError)
  })

  it.each(['TARI-2026_000123', iud.slice(1), iud.toUpperCase(), '301000000012345688'])(
    'asks for %s, which somebody else opened, and opens none under it',
    async (other) => {
      const seen = party.listening(200, { ...pendenza, idPendenza: other })
      await party.client().getPendenza(other)
      expect(seen[0]?.call.endsWith(`/pendenze/${party.application()}/${other}`)).toBe(true)
      const opened = party.client().putPendenza({ ...opening, idPendenza: other })
      await expect(opened).rejects.toMatchObject({ code: 'bad-iud' })
      expect(seen).toHaveLength(1)
    },
  )

  it.each(['..', '.', '', '../x?y', `${iud}/..`, `${iud}\n`, `${iud}0000`, 'TARI 1', 'TARI.1'])(
    'lets no iud leave its place: %j is not sent',
    async (strange) => {
      const seen = party.listening(200, pendenza)
      const { putPendenza, getPendenza, findPendenza, patchPendenza, postPagamento } =
        party.client()
      const asks = [
        () => putPendenza({ ...opening, idPendenza: strange }),
        () => getPendenza(strange),
        () => findPendenza(strange),
        () => patchPendenza(strange, []),
        () => postPagamento(strange),
      ]
      for (const ask of asks) {
        await expect((async () => ask())()).rejects.toMatchObject({ code: 'bad-iud' })
      }
      expect(seen).toEqual([])
    },
  )

  it('lets no number of GovPay leave its place either', async () => {
    const seen = party.listening(404, {})
    const { getRt } = party.client()
    const key = { idDominio: '01234567890', ccp: 'n/a?' }
    for (const iuv of ['..', '.', '']) {
      await expect(getRt({ ...key, iuv })).rejects.toThrow(TransientError)
    }
    expect(seen).toEqual([])
    await getRt({ ...key, iuv: '../..' }).catch(() => undefined)
    expect(seen[0]?.call).toContain('/rpp/01234567890/..%2F../n%2Fa%3F/rt')
  })

  it('takes a page from a redirect of the payment API, as with Checkout', async () => {
    for (const status of [302, 303]) {
      party.answering(status, '', { location: 'https://checkout.example/c/1' })
      expect(await party.client().postPagamento(iud)).toEqual({
        url: 'https://checkout.example/c/1',
      })
    }
    party.answering(302, '', { location: 'javascript:alert(1)' })
    await expect(party.client().postPagamento(iud)).rejects.toThrow(TransientError)
    party.answering(302)
    await expect(party.client().postPagamento(iud)).rejects.toThrow(TransientError)
  })

  it.each([
    ['HTML', '<!doctype html><title>Login</title>'],
    ['nothing', ''],
    ['JSON cut short', JSON.stringify(pendenza).slice(0, -5)],
    ['JSON deeper than anybody writes', '['.repeat(200_000)],
    ['a notice number that is a number', { ...pendenza, numeroAvviso: 301000000012345688 }],
    ['a tax code that lost its zero', { ...pendenza, dominio: { idDominio: 1234567890 } }],
    ['an amount that is none', { ...pendenza, importo: 'many' }],
    ['the debt of another', { ...pendenza, idPendenza: iudFor(1) }],
    ['more than is reasonable', JSON.stringify(pendenza).padEnd(10_000_001)],
  ])('takes 200 with %s as unknown', async (_what, body) => {
    party.answering(200, body)
    await expect(party.client().getPendenza(iud)).rejects.toThrow(TransientError)
  })

  it('takes a page instead of a PDF, or a script instead of a page to pay at, as unknown', async () => {
    party.answering(200, '<!doctype html>')
    await expect(party.client().getAvviso('1', '2')).rejects.toThrow(TransientError)
    party.answering(201, { redirect: 'javascript:alert(1)' })
    await expect(party.client().postPagamento(iud)).rejects.toThrow(TransientError)
  })

  it('takes 201 for a document, too', async () => {
    party.answering(201, '%PDF-1.3')
    expect(await party.client().getRt({ idDominio: '1', iuv: '2', ccp: '3' })).toHaveLength(8)
  })

  it('is quiet while GovPay wants to be left alone, whoever asks', async () => {
    party.answering(429, '', { 'retry-after': '60' })
    const asked = party.client()
    await expect(asked.getPendenza(iud)).rejects.toThrow('GovPay answered 429')
    const seen = party.listening(200, pendenza)
    await expect(asked.getProfilo()).rejects.toThrow('GovPay asked to be left alone for 60 s more')
    expect(seen).toEqual([])
    await party.client().getPendenza(iud)
    expect(seen).toHaveLength(1)
  })
})
