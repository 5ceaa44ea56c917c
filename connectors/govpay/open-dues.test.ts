import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleAccess } from '#connectors/govpay/example-configuration'
import { type ExampleParty, startExampleParty } from '#connectors/govpay/example-party'
import { openDues } from '#connectors/govpay/open-dues'

const tax_code = 'PRVLCU85M15X000R'

let party: ExampleParty
beforeAll(async () => {
  party = await startExampleParty()
})
afterAll(() => party.stop())

const listed = (changes: object = {}) => ({
  idA2A: party.application(),
  idPendenza: 'TARI-1',
  idTipoPendenza: 'TARI',
  dominio: { idDominio: exampleAccess.domain_id },
  stato: 'NON_ESEGUITA',
  soggettoPagatore: { tipo: 'F', identificativo: tax_code },
  importo: 42.5,
  dataCaricamento: '2026-01-31',
  rpp: '/rpp?idPendenza=TARI-1',
  ...changes,
})
const asked = (client: ReturnType<ExampleParty['client']>) =>
  openDues(client, {
    tenant: { application_id: party.application(), domain_id: exampleAccess.domain_id },
    service: { due_type: 'TARI' },
    tax_code,
  })

describe('the list of dues', () => {
  it('is asked for with whose it is, of which body, and what can be paid; for no more where none follow', async () => {
    const client = party.client()
    const seen = party.listening(200, { risultati: [listed()] })
    expect(await asked(client)).toEqual([
      {
        iud: 'TARI-1',
        notice_code: null,
        iuv: null,
        amount: 4250,
        currency: 'EUR',
        reason: null,
        created_at: '2026-01-31T00:00:00+01:00',
        expire_at: null,
      },
    ])
    expect(seen).toHaveLength(1)
    const { pathname, searchParams } = new URL(seen[0]!.call.slice('GET '.length), 'http://x')
    expect(pathname).toBe('/govpay/backend/api/pendenze/rs/basic/v2/pendenze')
    expect(Object.fromEntries(searchParams)).toEqual({
      idDebitore: tax_code,
      idDominio: exampleAccess.domain_id,
      idA2A: party.application(),
      stato: 'NON_ESEGUITA',
      pagina: '1',
      risultatiPerPagina: '100',
    })
  })

  it('ends, though it says that there is always more', async () => {
    const client = party.client()
    const seen = party.listening(200, { risultati: [listed()], prossimiRisultati: '//elsewhere/x' })
    expect(await asked(client)).toHaveLength(20)
    expect(seen).toHaveLength(20)
  })

  it('ends with a page that holds nothing', async () => {
    const client = party.client()
    const seen = party.listening(200, { risultati: [], prossimiRisultati: '/pendenze?pagina=2' })
    expect(await asked(client)).toEqual([])
    expect(seen).toHaveLength(1)
  })

  it.each([
    ['of another person', { soggettoPagatore: { identificativo: 'SMPNDA80A41H501X' } }],
    ['of another body', { dominio: { idDominio: '99999999990' } }],
    ['of another application', { idA2A: 'A2A-OTHER' }],
    ['of another type', { idTipoPendenza: 'IMU' }],
    ['of no type', { idTipoPendenza: null }],
    ['that is paid', { stato: 'ESEGUITA' }],
    ['that has expired', { stato: 'SCADUTA' }],
    ['in a state nobody knows', { stato: 'SOSPESA' }],
    ['of nothing', { importo: 0 }],
    ['under a key that is none', { idPendenza: 'TARI 1/..' }],
  ])('lies: a due %s is left out', async (_what, changes) => {
    const client = party.client()
    party.answering(200, { risultati: [listed(changes), listed({ idPendenza: 'TARI-2' })] })
    expect((await asked(client)).map(({ iud }) => iud)).toEqual(['TARI-2'])
  })

  it.each([
    ['a refusal', 422, { categoria: 'OPERAZIONE', codice: 'SEMANTICA', descrizione: tax_code }],
    ['a page', 200, `<p>${tax_code}</p>`],
    ['a list of something else', 200, { risultati: [{ idPendenza: tax_code }] }],
    ['a failure', 500, tax_code],
  ])('is %s: its error names nobody', async (_what, status, body) => {
    const client = party.client()
    party.answering(status, body)
    const error = await asked(client).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Error)
    const { message, stack, cause } = error as Error
    expect(JSON.stringify([message, stack, cause, error])).not.toContain(tax_code)
  })

  it('does not come: its error names nobody', async () => {
    const client = party.clientOf('http://127.0.0.1:9')
    const error = await asked(client).catch((thrown: unknown) => thrown)
    const { message, stack, cause } = error as Error
    expect(JSON.stringify([message, stack, cause, error])).not.toContain(tax_code)
    expect(message).toContain('GovPay gave no answer')
  })
})
