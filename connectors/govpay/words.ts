import { z } from 'zod'
import { Amount, Cents } from '#connectors/govpay/amounts'

const text = (charactersMax: number) => z.string().min(1).max(charactersMax)
const optional = (charactersMax: number) => text(charactersMax).optional()

/** The tax code GovPay knows a public body by. */
export const IdDominio = z.string().regex(/^\d{11}$/, 'is not 11 digits')
/** What a debt is known by at GovPay, whoever opened it. */
export const Chiave = z.string().regex(/^[\w-]{1,35}$/)
/** Our key of a debt that we open: the iud. A UUID with its hyphens would be one character too long. */
export const IdPendenza = z.string().regex(/^[0-9a-f]{32}$/)

const Soggetto = z.object({
  tipo: z.enum(['F', 'G']),
  identificativo: z.string().min(2).max(16),
  anagrafica: text(70),
  indirizzo: optional(70),
  civico: optional(16),
  cap: optional(16),
  localita: optional(35),
  provincia: optional(35),
  nazione: optional(2),
  email: z.string().optional(),
})
export type Soggetto = z.infer<typeof Soggetto>

const Quota = z.object({
  capitolo: text(64),
  annoEsercizio: z.int(),
  importo: Amount,
  accertamento: optional(64),
})
export type Quota = z.infer<typeof Quota>

/** One item of a debt. Of the last three groups of members it has exactly one. */
const Voce = z.object({
  idVocePendenza: text(35),
  importo: Amount,
  descrizione: text(140),
  contabilita: z.object({ quote: z.array(Quota) }).optional(),
  idDominio: IdDominio.optional(),
  codEntrata: z
    .string()
    .regex(/^[\w.-]{1,35}$/)
    .optional(),
  ibanAccredito: z.string().optional(),
  tipoContabilita: z.enum(['CAPITOLO', 'SPECIALE', 'SIOPE', 'ALTRO']).optional(),
  codiceContabilita: optional(135),
  tipoBollo: z.literal('01').optional(),
  hashDocumento: optional(70),
  provinciaResidenza: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
})
export type Voce = z.infer<typeof Voce>

/** The debt to create, with the key it is created under. */
export const NuovaPendenza = z.object({
  idPendenza: IdPendenza,
  idTipoPendenza: z.string().regex(/^[\w.-]{1,35}$/),
  idDominio: IdDominio,
  idUnitaOperativa: optional(35),
  causale: text(140),
  soggettoPagatore: Soggetto,
  importo: Amount,
  dataScadenza: z.string().optional(),
  annoRiferimento: z.int(),
  voci: z.array(Voce).min(1).max(5),
})
export type NuovaPendenza = z.infer<typeof NuovaPendenza>

// A number that came as a JSON number may have lost digits on its way: refused.
const NumeroAvviso = z.string().regex(/^\d{18}$/)
const Iuv = z.string().min(1).max(35)

/** What GovPay answers where a debt was created or updated. A debt of stamps has no notice. */
export const PendenzaCreata = z.object({
  idDominio: z.string(),
  numeroAvviso: NumeroAvviso.nullish(),
})
export type PendenzaCreata = z.infer<typeof PendenzaCreata>

/** A debt as GovPay tells it. */
export const Pendenza = z.object({
  idPendenza: z.string(),
  dominio: z.object({ idDominio: z.string() }),
  stato: z.string(),
  importo: Cents,
  numeroAvviso: NumeroAvviso.nullish(),
  iuvAvviso: Iuv.nullish(),
  dataPagamento: z.string().nullish(),
  dataScadenza: z.string().nullish(),
  voci: z.array(z.object({ tipoBollo: z.string().nullish() })).nullish(),
  /** Attempts to pay; `rt` is the receipt of one that ended. */
  rpp: z.array(z.object({ rt: z.unknown().optional() })).nullish(),
})
export type Pendenza = z.infer<typeof Pendenza>

/** A session of the page to pay at. */
export const PagamentoCreato = z.object({ redirect: z.url({ protocol: /^https?$/ }) })

/** What the caller may do. */
export const Profilo = z.object({
  nome: z.string(),
  domini: z.array(z.object({ idDominio: z.string() })).nullish(),
  tipiPendenza: z.array(z.object({ idTipoPendenza: z.string() })).nullish(),
})
export type Profilo = z.infer<typeof Profilo>
