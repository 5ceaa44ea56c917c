import { describe, expect, it } from 'vitest'
import { errorOf, isDuplicate } from '#connectors/mypay/faults'

describe('a fault of MyPay', () => {
  it.each([
    'PAA_IDENTIFICATIVO_TIPO_DOVUTO_NON_ABILITATO',
    'PAA_IMPORTO_BILANCIO_NON_VALIDO',
    'PAA_XML_NON_VALIDO',
    'PAA_IUV_SCADUTO',
  ])('refuses the due: %s', (faultCode) => {
    expect(errorOf(faultCode)).toMatchObject({
      name: 'RejectedError',
      code: `mypay-${faultCode}`,
      message: `mypay refused: ${faultCode}`,
    })
  })

  it.each([
    ['technical trouble', 'PAA_SYSTEM_ERROR'],
    ['a word nobody knows', 'PAA_QUALCOSA_DI_NUOVO'],
    ['a password that is not taken', 'PAA_ENTE_NON_VALIDO'],
    ['a body that is not active', 'PAA_STATO_ENTE_NON_VALIDO'],
    ['the name of a member of every object', 'constructor'],
    ['nothing', ''],
  ])('refuses nothing: %s', (_what, faultCode) => {
    expect(errorOf(faultCode)).toMatchObject({ name: 'TransientError' })
  })

  it('repeats a code, but nothing that is no word', () => {
    expect(errorOf('PAA_QUALCOSA_DI_NUOVO').message).toContain('PAA_QUALCOSA_DI_NUOVO')
    expect(errorOf('Luca Prova is unknown').message).not.toContain('Luca')
  })

  it('may say that there is one already', () => {
    expect(isDuplicate('PAA_IMPORT_IUD_DUPLICATO')).toBe(true)
    expect(isDuplicate('PAA_IUD_NON_VALIDO')).toBe(false)
  })
})
