import { z } from 'zod'
import { base64Of, element, textElement } from '#soap/xml-writing'

/** The namespace of the documents that travel inside MyPay's messages. */
export const documentNamespace = 'http://www.regione.veneto.it/schemas/2012/Pagamenti/Ente/'
const version = '6.2.0'

const Text = (charactersMax: number) => z.string().min(1).max(charactersMax)
/** Money on the wire: decimal text with a point and two decimals. */
export const Importo = z.string().regex(/^\d{1,9}\.\d{2}$/)
const DatiSpecificiRiscossione = z.string().regex(/^[0129]\/\S{3,138}$/)

// Members stand in the order of MyPay's schema: they are written in the order they are read in.
const Person = z.object({
  tipoIdentificativoUnivoco: z.enum(['F', 'G']),
  codiceIdentificativoUnivoco: Text(35),
})
/** What somebody is known by: `F` is a natural person, `G` a company or a body. */
export type Person = z.infer<typeof Person>

const SoggettoPagatore = z.object({
  identificativoUnivocoPagatore: Person,
  anagraficaPagatore: Text(70),
  indirizzoPagatore: Text(70).optional(),
  civicoPagatore: Text(16).optional(),
  capPagatore: Text(16).optional(),
  localitaPagatore: Text(35).optional(),
  provinciaPagatore: z.string().length(2).optional(),
  nazionePagatore: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  'e-mailPagatore': Text(256).optional(),
})
export type SoggettoPagatore = z.infer<typeof SoggettoPagatore>

const Bilancio = z.object({
  capitolo: z
    .array(
      z.object({
        codCapitolo: Text(64),
        codUfficio: Text(64).optional(),
        accertamento: z.array(z.object({ codAccertamento: Text(64).optional(), importo: Importo })),
      }),
    )
    .min(1),
})
export type Bilancio = z.infer<typeof Bilancio>

/** One due, to be kept at MyPay under a number (IUV) of ours. */
export const Versamento = z.object({
  soggettoPagatore: SoggettoPagatore,
  datiVersamento: z.object({
    dataEsecuzionePagamento: z
      .string()
      .regex(/^\d{4}-\d\d-\d\d$/)
      .optional(),
    tipoVersamento: Text(32),
    identificativoUnivocoVersamento: z.string().regex(/^\d{17}$/),
    identificativoUnivocoDovuto: Text(35),
    importoSingoloVersamento: Importo,
    identificativoTipoDovuto: Text(64),
    causaleVersamento: Text(1024),
    datiSpecificiRiscossione: DatiSpecificiRiscossione,
    bilancio: Bilancio.optional(),
  }),
})
export type Versamento = z.infer<typeof Versamento>

/** What becomes of a due: `I` is put in, `A` is withdrawn, `S` has its notice printed. */
export type Azione = 'I' | 'A' | 'S'

/** Dues that are paid at once: the only road of a digital stamp. */
export const Dovuti = z.object({
  soggettoPagatore: SoggettoPagatore,
  datiVersamento: z.object({
    tipoVersamento: Text(32),
    datiSingoloVersamento: z
      .array(
        z.object({
          identificativoUnivocoDovuto: Text(35),
          importoSingoloVersamento: Importo,
          identificativoTipoDovuto: Text(64),
          causaleVersamento: Text(1024),
          datiSpecificiRiscossione: DatiSpecificiRiscossione,
          datiMarcaBolloDigitale: z
            .object({
              tipoBollo: z.literal('01'),
              hashDocumento: Text(70),
              provinciaResidenza: z.string().regex(/^[A-Z]{2}$/),
            })
            .optional(),
          bilancio: Bilancio.optional(),
        }),
      )
      .min(1)
      .max(5),
  }),
})
export type Dovuti = z.infer<typeof Dovuti>

/** The document with which a due is put in, withdrawn or printed, as MyPay carries it. */
export const versamentoDocument = (versamento: Versamento, azione: Azione): string =>
  documentOf('Versamento', { ...Versamento.parse(versamento), azione })

/** The document of dues that are paid at once, as MyPay carries it. */
export const dovutiDocument = (dovuti: Dovuti): string => documentOf('Dovuti', Dovuti.parse(dovuti))

type Member = string | undefined | readonly Member[] | { readonly [name: string]: Member }

const documentOf = (name: string, members: { readonly [name: string]: Member }): string =>
  base64Of(
    `<?xml version="1.0" encoding="UTF-8"?>${element(
      `${name} xmlns="${documentNamespace}"`,
      ...membersOf({ versioneOggetto: version, ...members }),
    )}`,
  )

const membersOf = (members: { readonly [name: string]: Member }): (string | undefined)[] =>
  Object.entries(members).flatMap(([name, member]) => {
    const each = Array.isArray(member) ? (member as readonly Member[]) : [member]
    return each.map((one) => memberOf(name, one))
  })

const memberOf = (name: string, member: Member): string | undefined =>
  member === undefined || typeof member === 'string'
    ? textElement(name, member)
    : element(name, ...membersOf(member as { readonly [name: string]: Member }))
