import { RejectedError } from '#core/errors'
import type { Application, Payer } from '#schemas/generated/types'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { readJson } from '#schemas/values/json-text'
import { parseTaxCode } from '#schemas/values/tax-code'

/**
 * The applicant of an application as the payer. The form is flat with dotted keys (API v1) or nested (v2).
 * Throws RejectedError: no-name, no-tax-code, bad-tax-code; no message repeats what was filled in.
 */
export function payerOf(application: Application): Payer {
  const form = readJson(application.data)
  const told = (path: string) => textAt(form, `applicant.data.${path}`)
  const address = (member: string) => told(`address.data.${member}`)
  const name = told('completename.data.name')
  const family_name = told('completename.data.surname')
  if (name === null || family_name === null) {
    throw new RejectedError('no-name', 'the applicant has no name or no surname')
  }
  return {
    type: 'human',
    tax_identification_number: taxCodeOf(told('fiscal_code.data.fiscal_code')),
    name,
    family_name,
    street_name: address('address'),
    building_number: address('house_number'),
    postal_code: address('postal_code'),
    town_name: address('municipality'),
    country_subdivision: address('county'),
    country: 'IT',
    email: told('email_address'),
  }
}

function taxCodeOf(text: string | null): string {
  if (text === null) throw new RejectedError('no-tax-code', 'the applicant has no tax code')
  try {
    return parseTaxCode(text)
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new RejectedError('bad-tax-code', `the applicant's tax code ${error.reason}`)
  }
}

const memberOf = (value: unknown, member: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, member)
    ? (value as Record<string, unknown>)[member]
    : undefined

function textAt(form: unknown, path: string): string | null {
  const value = memberOf(form, path) ?? path.split('.').reduce<unknown>(memberOf, form)
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null
}
