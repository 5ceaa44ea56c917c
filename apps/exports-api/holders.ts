import type { RequestHandler, Response } from 'express'
import { z } from 'zod'
import { callerOf, type Token } from '#apps/platform/bearer-tokens'
import { Problem } from '#apps/platform/problem'

/** Who shows a token, and whose exports they may ask for and see. */
export interface Holder {
  readonly name: string
  maySee(tenantId: string): boolean
}

/** That somebody may see a tenant; `*` stands for every one. */
export interface Grant {
  readonly name: string
  readonly tenant: string
}

/** Of the id of a tenant, as part of a regular expression. */
export const tenantShape = '[A-Za-z0-9][A-Za-z0-9._-]{0,127}'
const grantShape = new RegExp(`^[\\w.-]+:(\\*|${tenantShape})$`)
const everyTenant = '*'

export const isTenantId = (text: string): boolean => new RegExp(`^${tenantShape}$`).test(text)

/** The grants of a setting: `<name>:<tenant>,…`, a name as often as it has tenants. */
export const Grants = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((parts) => parts.every((part) => grantShape.test(part)), {
    error: 'must be <name>:<tenant>,… or <name>:* for every tenant',
    abort: true,
  })
  .transform((parts) => parts.map(grantOf))

function grantOf(part: string): Grant {
  const colon = part.indexOf(':')
  return { name: part.slice(0, colon), tenant: part.slice(colon + 1) }
}

/** Finds who shows a bearer token. */
export function holdersOf(tokens: readonly Token[], grants: readonly Grant[]) {
  const findName = callerOf(tokens)
  const holders = new Map(tokens.map(({ name }) => [name, holderOf(name, grants)]))
  return (authorisation: string | undefined): Holder | undefined => {
    const name = findName(authorisation)
    return name === undefined ? undefined : holders.get(name)
  }
}

function holderOf(name: string, grants: readonly Grant[]): Holder {
  const tenants = new Set(grants.filter((grant) => grant.name === name).map(({ tenant }) => tenant))
  return { name, maySee: (tenantId) => tenants.has(tenantId) || tenants.has(everyTenant) }
}

/** Lets through whoever shows a token. Problem 401 for everybody else. */
export const admitted =
  (findHolder: ReturnType<typeof holdersOf>): RequestHandler =>
  (request, response, next) => {
    const holder = findHolder(request.get('authorization'))
    if (!holder) {
      const headers = { 'www-authenticate': 'Bearer' }
      throw new Problem(401, 'a bearer token of this service is needed', { headers })
    }
    response.locals['holder'] = holder
    next()
  }

/** Whoever was let through with this request. */
export const holderIn = (response: Response): Holder => response.locals['holder'] as Holder
