import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyOptions } from 'jose'
import { Problem } from '#apps/platform/problem'
import { TransientError } from '#core/errors'

/** Whose tokens are believed: those signed with a key the URL lists, or with the secret. */
export type TokenSettings = {
  readonly issuer: string | undefined
  readonly audience: string | undefined
  /** Names the claim that holds the public body, or a list of them. */
  readonly tenantClaim: string
} & ({ readonly jwksUrl: string } | { readonly secret: string })

/** Who shows a token: the public bodies it speaks for. */
export interface Bearer {
  readonly tenants: readonly string[]
}

/** Reads an `Authorization` header. Problem 401 where it carries no token that is believed, TransientError where the
 * keys cannot be fetched. */
export type ReadBearer = (authorization: string | undefined) => Promise<Bearer>

const keysMsMax = 3_000
const clockToleranceSeconds = 30
const symmetric = ['HS256', 'HS384', 'HS512']
const asymmetric = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
]

/** Verifies signature, expiry and, where they are set, issuer and audience. */
export function bearerReader(settings: TokenSettings): ReadBearer {
  const { issuer, audience, tenantClaim } = settings
  const options: JWTVerifyOptions = {
    clockTolerance: clockToleranceSeconds,
    requiredClaims: ['exp'],
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  }
  const verified = verifierOf(settings, options)
  return async (authorization) => {
    const [, token] = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '') ?? []
    if (token === undefined) throw refused('a bearer token of the platform is needed')
    return { tenants: textsIn(await payloadOf(verified(token)), tenantClaim) }
  }
}

function verifierOf(settings: TokenSettings, options: JWTVerifyOptions) {
  if ('secret' in settings) {
    const secret = new TextEncoder().encode(settings.secret)
    return (token: string) => jwtVerify(token, secret, { ...options, algorithms: symmetric })
  }
  const keys = createRemoteJWKSet(new URL(settings.jwksUrl), { timeoutDuration: keysMsMax })
  return (token: string) => jwtVerify(token, keys, { ...options, algorithms: asymmetric })
}

async function payloadOf(
  verifying: Promise<{ readonly payload: JWTPayload }>,
): Promise<JWTPayload> {
  try {
    return (await verifying).payload
  } catch (error) {
    // What the library says of a token may repeat its claims.
    if (error instanceof errors.JWTExpired) throw refused('the bearer token has expired')
    if (isOfToken(error)) throw refused('the bearer token is not one that is believed here')
    throw new TransientError('the keys that tokens are signed with cannot be fetched')
  }
}

const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC'

const textsIn = (payload: JWTPayload, claim: string): string[] =>
  [payload[claim]].flat().filter((value) => typeof value === 'string')

const refused = (detail: string): Problem =>
  new Problem(401, detail, { headers: { 'www-authenticate': 'Bearer' } })

/** Problem 403 where the token does not speak for the public body. */
export function assertSpeaksFor({ tenants }: Bearer, tenantId: string): void {
  if (tenants.some((tenant) => tenant.toLowerCase() === tenantId)) return
  throw new Problem(403, 'the bearer token does not speak for this public body')
}
