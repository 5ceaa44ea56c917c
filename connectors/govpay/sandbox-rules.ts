import { z } from 'zod'
import { parseCents } from '#schemas/values/cents'
import type { Debt } from '#connectors/govpay/sandbox-register'

const text = (charactersMax: number) => z.string().min(1).max(charactersMax)
const Code = z.string().regex(/^[\w.-]{1,35}$/)
const Day = z.iso.date()
const Domain = z.string().regex(/^\d{11}$/)
const Amount = z.number().min(0).max(1e16)

const Subject = z.strictObject({
  tipo: z.enum(['F', 'G']),
  identificativo: z.string().min(2).max(16),
  anagrafica: text(70).optional(),
  indirizzo: text(70).optional(),
  civico: text(16).optional(),
  cap: text(16).optional(),
  localita: text(35).optional(),
  provincia: text(35).optional(),
  nazione: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  email: z.email().optional(),
})

const Quota = z.strictObject({
  capitolo: text(64),
  annoEsercizio: z.int(),
  importo: Amount,
  accertamento: text(64).optional(),
})

const common = {
  idVocePendenza: text(35),
  importo: Amount,
  descrizione: text(140),
  idDominio: Domain.optional(),
  contabilita: z.strictObject({ quote: z.array(Quota) }).optional(),
}

/** Each item has the members of one way to its account, all of them, and of no other. */
const Item = z.union([
  z.strictObject({ ...common, codEntrata: Code }),
  z.strictObject({
    ...common,
    ibanAccredito: z.string().regex(/^[A-Z]{2}\d{2}[A-Z\d]{1,30}$/i),
    tipoContabilita: z.enum(['CAPITOLO', 'SPECIALE', 'SIOPE', 'ALTRO']),
    codiceContabilita: text(135),
  }),
  z.strictObject({
    ...common,
    tipoBollo: z.literal('01'),
    hashDocumento: z.string().regex(/^[A-Za-z\d+/]{43}=$/),
    provinciaResidenza: z.string().regex(/^[A-Z]{2}$/),
  }),
])

/** The body of a creation. Amounts are JSON numbers, everything that only looks like one is text. */
export const StoredPendenza = z.strictObject({
  idTipoPendenza: Code,
  idDominio: Domain,
  idUnitaOperativa: text(35).optional(),
  causale: z.string().max(140),
  soggettoPagatore: Subject,
  importo: Amount,
  numeroAvviso: z
    .string()
    .regex(/^\d{18}$/)
    .optional(),
  dataScadenza: Day.optional(),
  annoRiferimento: z.int().min(1_000).max(9_999).optional(),
  voci: z.array(Item).min(1).max(5),
})
export type StoredPendenza = z.infer<typeof StoredPendenza>

const isStamp = (item: StoredPendenza['voci'][number]): boolean => 'tipoBollo' in item

/** Whether nothing but stamps is asked for. */
export const isOfStamps = ({ voci }: StoredPendenza): boolean => voci.every(isStamp)

/** The code of the rule that a debt breaks. */
export const brokenRule = (pendenza: StoredPendenza, domain: string): string | undefined => {
  const { idDominio, idTipoPendenza, importo, voci } = pendenza
  const sum = voci.reduce((total, item) => total + parseCents(item.importo), 0)
  const hasWrongStamp = voci.some((item) => isStamp(item) && parseCents(item.importo) !== 1_600)
  if (idDominio !== domain) return 'DOM_000'
  if (idTipoPendenza.startsWith('NO-SUCH')) return 'TVR_000'
  if (new Set(voci.map(({ idVocePendenza }) => idVocePendenza)).size < voci.length) return 'VER_001'
  if (sum !== parseCents(importo)) return 'VER_002'
  if (hasWrongStamp) return 'SEMANTICA'
  return undefined
}

/** The code of the rule that a change of a debt breaks. */
export const brokenByChange = (debt: Debt, asked: StoredPendenza): string | undefined => {
  const ids = (pendenza: StoredPendenza) => pendenza.voci.map((item) => item.idVocePendenza).join()
  if (debt.isCancelled || debt.receipts.length > 0) return 'VER_003'
  if (asked.idUnitaOperativa !== debt.pendenza.idUnitaOperativa) return 'VER_004'
  if (asked.voci.length !== debt.pendenza.voci.length) return 'VER_005'
  if (ids(asked) !== ids(debt.pendenza)) return 'VER_006'
  return undefined
}
