import { z } from 'zod'
import { Identifier } from '#connectors/iris/config'

const Text = (charactersMax: number) => z.string().min(1).max(charactersMax)
/** Money on the wire: decimal text with a point and two decimals. */
const Importo = z.string().regex(/^\d{1,10}\.\d{2}$/)
const Day = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const DateTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/)

const DatiDestinatario = z.object({
  TipoSoggetto: z.enum(['F', 'G']),
  Anagrafica: Text(70),
  EMail: Text(256).optional(),
  Indirizzo: Text(70).optional(),
  NumeroCivico: Text(16).optional(),
  Cap: Text(16).optional(),
  Localita: Text(35).optional(),
  Provincia: Text(35).optional(),
  Nazione: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
})
export type DatiDestinatario = z.infer<typeof DatiDestinatario>

const Voce = z.object({
  attributes: z.object({ Tipo: Text(35) }),
  Codice: Text(35),
  Descrizione: Text(256),
  Importo,
  CapitoloBilancio: Text(35).optional(),
  Accertamento: Text(35).optional(),
})
export type Voce = z.infer<typeof Voce>

const Insert = z.object({
  DescrizioneCausale: Text(512),
  DataCreazione: DateTime,
  DataEmissione: DateTime,
  DataPrescrizione: DateTime,
  AnnoRiferimento: z.string().regex(/^\d{4}$/),
  Stato: z.literal('Aperta'),
  ImportoTotale: Importo,
  Divisa: z.literal('EUR'),
  InfoPagamento: z.object({
    attributes: z.object({ TipoPagamento: z.literal('Pagamento Unico') }),
    DettaglioPagamento: z.object({
      IdPagamento: Identifier,
      DataScadenza: Day,
      DataInizioValidita: Day,
      DataFineValidita: Day,
      Stato: z.literal('Non Pagato'),
      Importo,
      DettaglioImporto: z.object({ Voce: z.array(Voce).min(1) }),
      CausalePagamento: Text(256),
    }),
  }),
})

/**
 * A sum that somebody owes, as it is put in. Members stand in the order of the description: they are written
 * in the order they are read in.
 */
export const Pendenza = z.object({
  attributes: z.object({ TipoPendenza: Text(35) }),
  IdPendenza: Identifier,
  Mittente: z.object({ Id: Identifier }),
  Destinatari: z.object({
    Destinatario: z.object({
      attributes: z.object({ Tipo: z.literal('Cittadino') }),
      Id: Identifier,
      Descrizione: Text(70),
      DatiDestinatario: DatiDestinatario.optional(),
    }),
  }),
  Insert,
})
export type Pendenza = z.infer<typeof Pendenza>

/** The IUV that a pendency is paid by. */
export const idPagamentoOf = ({ Insert: { InfoPagamento } }: Pendenza): string =>
  InfoPagamento.DettaglioPagamento.IdPagamento
