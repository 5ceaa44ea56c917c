import { SignJWT } from 'jose'
import { bearerReader } from '#apps/payment-proxy/configuration/bearer'
import type { ConfigurationAccess } from '#apps/payment-proxy/configuration/desk'
import { secretKeys } from '#apps/platform/secret-keys'

export const exampleKeys = secretKeys([{ id: 'example', bytes: Buffer.alloc(32, 7) }])
export const exampleOrigin = 'https://servizi.comune.example'
export const exampleTokenSecret = 'a secret of thirty-two characters, or more'

export const exampleTokens = {
  secret: exampleTokenSecret,
  issuer: undefined,
  audience: undefined,
  tenantClaim: 'tenant_id',
}

/** Tokens by a secret, one origin, DELETE with a token only. */
export const exampleAccess: ConfigurationAccess = {
  origins: [exampleOrigin],
  isDeleteOpen: false,
  keys: exampleKeys,
  readBearer: bearerReader(exampleTokens),
}

/** An `Authorization` header of somebody who speaks for the tenant. */
export async function exampleBearer(
  tenant_id: unknown,
  secret = exampleTokenSecret,
): Promise<string> {
  const token = await new SignJWT({ tenant_id })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret))
  return `Bearer ${token}`
}
