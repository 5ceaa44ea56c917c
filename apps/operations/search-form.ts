import { instantIn } from '#apps/operations/decision-form'
import type { PaymentQuery } from '#apps/operations/search'
import { Problem } from '#apps/platform/problem'
import { paymentLifecycle } from '#streams/payments/payment-lifecycle'

/** States a payment is searched by, those too that only other writers' payments have. */
export const searchedStatuses: readonly string[] = Object.keys(paymentLifecycle)

/** A search as it was asked for. */
export interface SearchForm {
  /** The fields as they were filled in. */
  readonly given: Readonly<
    Partial<Record<'id' | 'tenant' | 'status' | 'since' | 'until', string | undefined>>
  >
  /** Id of a payment or an application: no search, but a timeline. */
  readonly id: string | undefined
  readonly query: PaymentQuery
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const numberShape = /^[\w-]{1,35}$/

export const isUuid = (text: string): boolean => uuid.test(text)

/** Parses the fields of a search; undefined where none is filled in, Problem 400 where one is wrong. */
export function searchForm(fields: Readonly<Record<string, unknown>>): SearchForm | undefined {
  const names = ['id', 'tenant', 'status', 'since', 'until'] as const
  const given = Object.fromEntries(
    names.map((name) => {
      const value = fields[name]
      return [name, typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined]
    }),
  ) as SearchForm['given']
  if (names.every((name) => given[name] === undefined)) return undefined
  const { id, tenant, status } = given
  if (id !== undefined && !isUuid(id) && !numberShape.test(id)) {
    throw new Problem(
      400,
      'an id is a UUID; a notice code, IUV or IUD is at most 35 letters and digits',
    )
  }
  if (tenant !== undefined && !isUuid(tenant)) throw new Problem(400, 'a public body is a UUID')
  if (status !== undefined && !searchedStatuses.includes(status)) {
    throw new Problem(400, 'the state is none of those there are')
  }
  return {
    given,
    id: id !== undefined && isUuid(id) ? id.toLowerCase() : undefined,
    query: {
      number: id,
      tenant: tenant?.toLowerCase(),
      status,
      sinceMs: instantIn(fields, 'since'),
      untilMs: instantIn(fields, 'until'),
    },
  }
}
