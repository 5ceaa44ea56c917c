import { optionalPlain, plain } from '#schemas/values/plain-text'
import type { IrisTenant } from '#connectors/iris/config'
import type { DatiDestinatario, Pendenza } from '#connectors/iris/pendenza'
import type { Payer } from '#schemas/generated/types'

const twoLetters = /^[A-Z]{2}$/
const email = /^[^\s@]{1,128}@[^\s@]{1,127}$/

/** Who owes, as IRIS wants it; what must be there and does not fit is for the schema of the pendency to say. */
export const toDestinatario = (
  payer: Payer,
  version: IrisTenant['version'],
): Pendenza['Destinatari']['Destinatario'] => ({
  attributes: { Tipo: 'Cittadino' },
  Id: payer.tax_identification_number.trim().toUpperCase(),
  Descrizione: nameOf(payer),
  // Earlier versions have no place for it.
  ...(version === '01.03-04' ? { DatiDestinatario: detailsOf(payer) } : {}),
})

const nameOf = ({ name, family_name }: Payer): string =>
  plain([name, family_name].filter(Boolean).join(' '), 70)

// What may be absent and does not fit is left out.
const detailsOf = (payer: Payer): DatiDestinatario => ({
  TipoSoggetto: payer.type === 'human' ? 'F' : 'G',
  Anagrafica: nameOf(payer),
  EMail: optionalPlain(payer.email, 256, email),
  Indirizzo: optionalPlain(payer.street_name, 70),
  NumeroCivico: optionalPlain(payer.building_number, 16),
  Cap: optionalPlain(payer.postal_code, 16),
  Localita: optionalPlain(payer.town_name, 35),
  Provincia: optionalPlain(payer.country_subdivision?.toUpperCase(), 35),
  Nazione: optionalPlain(payer.country?.toUpperCase(), 3, twoLetters),
})
