import { RejectedError, TransientError } from '#core/errors'

/** MyPay's no to a due as it is: the same due again is the same no. */
const refusals: ReadonlySet<string> = new Set([
  'PAA_ANAGRAFICA_NON_VALIDA',
  'PAA_AZIONE_NON_VALIDO',
  'PAA_CODICE_FISCALE_NON_VALIDO',
  'PAA_DATI_SPECIFICI_RISCOSSIONE_NON_VALIDO',
  'PAA_ENTE_SECONDARIO_NON_VALIDO',
  'PAA_IDENTIFICATIVO_TIPO_DOVUTO_NON_ABILITATO',
  'PAA_IDENTIFICATIVO_TIPO_DOVUTO_NON_VALIDO',
  'PAA_ID_SESSION_NON_VALIDO',
  'PAA_IMPORTO_BILANCIO_NON_VALIDO',
  'PAA_IMPORTO_MARCA_BOLLO_DIGITALE_NON_VALIDA',
  'PAA_IMPORTO_SINGOLO_VERSAMENTO_NON_VALIDO',
  'PAA_IMPORT_COD_TIPO_DOVUTO_INESISTENTE',
  'PAA_IMPORT_DATA_SCADENZA_PAGAMENTO_OBBLIGATORIA',
  'PAA_IMPORT_DOVUTO_NON_PRESENTE',
  'PAA_IMPORT_IUV_NO_NULLABLE',
  'PAA_IMPORT_TIPO_DOVUTO_NON_MODIFICABILE',
  'PAA_IUD_NON_VALIDO',
  'PAA_IUV_NON_VALIDO',
  'PAA_IUV_SCADUTO',
  'PAA_MARCA_BOLLO_DIGITALE_NON_VALIDA',
  'PAA_P_IVA_NON_VALIDO',
  'PAA_TIPO_VERSAMENTO_NON_VALIDO',
  'PAA_XML_NON_VALIDO',
])

/** What an administrator mends, of MyPay's or of ours: no payment is refused for it. */
const administrators: ReadonlySet<string> = new Set([
  'PAA_ENTE_NON_VALIDO',
  'PAA_STATO_ENTE_NON_VALIDO',
  'PAA_IMPORT_OPERATORE_NO_PERMESSI',
])

/** There is something under this iud or number already: an earlier try of ours, or somebody else's. */
const duplicates: ReadonlySet<string> = new Set([
  'PAA_IMPORT_IUD_DUPLICATO',
  'PAA_IMPORT_IUV_DUPLICATO',
  'PAA_IUD_DUPLICATO',
  'PAA_IUV_DUPLICATO',
])

export const isDuplicate = (faultCode: string): boolean => duplicates.has(faultCode)

/** Whether MyPay would not answer us, whatever we ask. */
export const isForAdministrator = (faultCode: string): boolean => administrators.has(faultCode)

const word = /^[A-Z][A-Z0-9_]{2,60}$/

/**
 * What a fault is to us. Only a word in the table is a refusal: one that nobody knows, and PAA_SYSTEM_ERROR, which
 * stands for whatever went wrong, are tried again. Free text beside the code may repeat personal data and goes no
 * further; nor does a code that is no word.
 */
export const errorOf = (faultCode: string): RejectedError | TransientError => {
  if (refusals.has(faultCode)) {
    return new RejectedError(`mypay-${faultCode}`, `mypay refused: ${faultCode}`)
  }
  if (administrators.has(faultCode)) {
    return new TransientError(
      `mypay does not take the code of the body or its password: ${faultCode}`,
    )
  }
  const told = word.test(faultCode) ? faultCode : 'a code that is no word'
  return new TransientError(`mypay answered with a fault that refuses nothing: ${told}`)
}
