import { optionalPlain, plain } from '#schemas/values/plain-text'
import type { Person, SoggettoPagatore } from '#connectors/mypay/documents'
import type { Payer } from '#schemas/generated/types'

const twoLetters = /^[A-Z]{2}$/
const email = /^[^\s@]+@[^\s@]+$/

/**
 * Who owes, as MyPay wants it. What may be absent and does not fit is left out, the way MyPay itself drops provinces
 * and postal codes it does not know; what must be there is for the schema of the document to judge.
 */
export const toSoggettoPagatore = (payer: Payer): SoggettoPagatore => ({
  identificativoUnivocoPagatore: toPerson(payer),
  anagraficaPagatore: plain([payer.name, payer.family_name].filter(Boolean).join(' '), 70),
  indirizzoPagatore: optionalPlain(payer.street_name, 70),
  civicoPagatore: optionalPlain(payer.building_number, 16),
  capPagatore: optionalPlain(payer.postal_code, 16),
  localitaPagatore: optionalPlain(payer.town_name, 35),
  provinciaPagatore: provinceOf(payer),
  nazionePagatore: optionalPlain(payer.country?.toUpperCase() ?? null, 3, twoLetters),
  'e-mailPagatore': optionalPlain(payer.email, 257, /^.{3,256}$/su)?.match(email)?.[0],
})

/** What MyPay knows them by. */
export const toPerson = ({
  type,
  tax_identification_number,
}: Pick<Payer, 'type' | 'tax_identification_number'>): Person => ({
  tipoIdentificativoUnivoco: type === 'human' ? 'F' : 'G',
  codiceIdentificativoUnivoco: tax_identification_number.trim().toUpperCase(),
})

/** Who has this tax code: that of a company or a body is 11 digits. */
export const personOf = (taxCode: string): Person =>
  toPerson({
    type: /^\d{11}$/.test(taxCode.trim()) ? 'legal' : 'human',
    tax_identification_number: taxCode,
  })

/** The two letters of the payer's province; undefined where they are none. */
export const provinceOf = ({ country_subdivision }: Payer): string | undefined =>
  optionalPlain(country_subdivision?.toUpperCase() ?? null, 3, twoLetters)
