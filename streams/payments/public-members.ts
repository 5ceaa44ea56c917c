/** Forms of values that are nobody's secret and name no person. A tax code, a name or an IBAN has none of them. */
const forms = {
  /** `PAID`, `NON_ESEGUITA`, `PAA_IUD_NON_VALIDO`, `TARI_2025`, `000000`, `A0000010` of IRIS. */
  code: /^(?=.{1,40}$)([A-Z]{2,}(_[A-Z]+)*(_\d{1,6})?|\d{1,6}|(?=.{8}$)[A-Z]{1,3}\d+)$/,
  /** States that are written as people would: of what IRIS was told, and of the items of a debt at GovPay. */
  words:
    /^(Elaborato Correttamente|Elaborato con Errori|Scartato|Aperta|Non Pagato|Eseguito|Non eseguito|Anomalo)$/,
  /** `unknown-pendency`. */
  refusal: /^(?=.{1,40}$)[a-z]+(-[a-z]+)+$/,
  amount: /^-?\d{1,10}([.,]\d{1,2})?$/,
  currency: /^[A-Z]{3}$/,
  /** An IUV or a notice code. */
  number: /^(\d{15}|\d{17,18}|RF\d{2}[\dA-Z]{1,21})$/,
} as const
type Form = keyof typeof forms | 'own'

/** Members and elements whose values are shown, in the words of every intermediary, by what they may look like. */
const publicMembers: Readonly<Record<Form, string>> = {
  code: `state status stato statoPendenza statoPagamento esito esitoSingoloPagamento codiceEsitoPagamento
    outcome error fault faultCode categoria codice code due_type tipoVersamento identificativoTipoDovuto idTipoPendenza`,
  words: 'stato',
  refusal: 'error',
  amount: `amount importo importoTotale importoPagato importoSingoloVersamento singoloImportoPagato
    importoTotaleDaVersare importoTotalePagato importoVerificato importoTransato paymentAmount`,
  currency: 'currency valuta divisa',
  number: `iuv iuvAvviso iuvPagamento identificativoUnivocoVersamento idPagamento creditorReferenceId
    notice_number notice_code noticeNumber numeroAvviso codiceAvviso`,
  own: 'iud code idPendenza pendenza idPagamento identificativoUnivocoDovuto',
}

const normalised = (name: string): string => name.replace(/[_-]/g, '').toLowerCase()

const formsByName = new Map<string, Form[]>()
for (const [form, names] of Object.entries(publicMembers)) {
  for (const name of names.split(/\s+/).map(normalised)) {
    formsByName.set(name, [...(formsByName.get(name) ?? []), form as Form])
  }
}

const isOwn = (text: string, payment_id: string): boolean =>
  text.replaceAll('-', '').toLowerCase() === payment_id.replaceAll('-', '').toLowerCase()

/** Whether the value of a member may be shown: by the member's name, and by the value's form; of ids the payment's. */
export const isPublic = (name: string, value: string, payment_id: string): boolean =>
  formsByName
    .get(normalised(name))
    ?.some((form) => (form === 'own' ? isOwn(value, payment_id) : forms[form].test(value))) ?? false

/** A part of a path that may be shown: a word, a version, or a number of the payment; other ids may open a session. */
export const isPublicSegment = (segment: string, payment_id: string): boolean =>
  /^([A-Za-z][A-Za-z_.-]{0,39}|v\d{1,2})$/.test(segment) ||
  forms.number.test(segment) ||
  isOwn(segment, payment_id)
