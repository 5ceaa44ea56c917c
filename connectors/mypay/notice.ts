import { unzipSync } from 'fflate'
import { TransientError } from '#core/errors'
import type { Versamento } from '#connectors/mypay/documents'

const pdfBytesMax = 10_000_000

/**
 * The notice in the archive that MyPay packs it into. Throws TransientError where there is no archive, no notice in it,
 * or more of one than is reasonable.
 */
export const noticeIn = (base64Zip: string): Uint8Array => {
  const [pdf] = Object.values(filesIn(Buffer.from(base64Zip, 'base64')))
  if (pdf && Buffer.from(pdf.subarray(0, 5)).toString('latin1') === '%PDF-') return pdf
  throw new TransientError('mypay answered with an archive that holds no notice')
}

const filesIn = (archive: Uint8Array): Readonly<Record<string, Uint8Array>> => {
  try {
    return unzipSync(archive, {
      filter: ({ name, originalSize }) => /\.pdf$/i.test(name) && originalSize <= pdfBytesMax,
    })
  } catch {
    throw new TransientError('mypay answered with something that is not an archive')
  }
}

interface NoticedDue {
  readonly dueId: string
  readonly iuv: string
  readonly dueType: string
}

const nobody = 'ANONIMO'

/**
 * What has a notice printed. MyPay prints the due it holds under the number; the members its schema wants besides are
 * filled with what no notice could be mistaken by: nobody, nothing owed.
 */
export const toPrint = ({ dueId, iuv, dueType }: NoticedDue): Versamento => ({
  soggettoPagatore: {
    identificativoUnivocoPagatore: {
      tipoIdentificativoUnivoco: 'F',
      codiceIdentificativoUnivoco: nobody,
    },
    anagraficaPagatore: nobody,
  },
  datiVersamento: {
    tipoVersamento: 'ALL',
    identificativoUnivocoVersamento: iuv,
    identificativoUnivocoDovuto: dueId,
    importoSingoloVersamento: '0.00',
    identificativoTipoDovuto: dueType,
    causaleVersamento: 'Stampa avviso',
    datiSpecificiRiscossione: '9/000',
  },
})
