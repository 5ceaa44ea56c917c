import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  assertSpeaksFor,
  bearerReader,
  type TokenSettings,
} from '#apps/payment-proxy/configuration/bearer'
import {
  exampleBearer,
  exampleTokens,
  exampleTokenSecret,
} from '#apps/payment-proxy/example-access'
import { TransientError } from '#core/errors'

const tenant_id = 'a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60'
const secretBytes = new TextEncoder().encode(exampleTokenSecret)
const signed = async (claims: object, expires = '1h') => {
  const token = new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' })
  return `Bearer ${await token.setExpirationTime(expires).sign(secretBytes)}`
}
const read = bearerReader(exampleTokens)
const unauthorised = (sentence: RegExp) =>
  expect.objectContaining({
    status: 401,
    detail: expect.stringMatching(sentence) as string,
    headers: { 'www-authenticate': 'Bearer' },
  }) as Error

describe('a bearer token signed with the secret', () => {
  it('speaks for the tenants of its claim', async () => {
    expect(await read(await exampleBearer(tenant_id))).toEqual({ tenants: [tenant_id] })
    expect(await read(await exampleBearer(['a', 'b', 7]))).toEqual({ tenants: ['a', 'b'] })
    expect(await read(await signed({ sub: 'x' }))).toEqual({ tenants: [] })
  })

  it.each([
    { scene: 'absent', given: undefined },
    { scene: 'empty', given: 'Bearer ' },
    { scene: 'a password', given: 'Basic YTpi' },
    { scene: 'no token', given: 'Bearer x' },
  ])('is needed: $scene', async ({ given }) => {
    await expect(read(given)).rejects.toThrow(unauthorised(/is needed/))
  })

  it('is refused where it is old, of another secret, unsigned, or without an end', async () => {
    const [head, body] = (await exampleBearer(tenant_id)).replace('Bearer ', '').split('.')
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url')
    const endless = await new SignJWT({ tenant_id })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(secretBytes)
    await expect(read(await signed({ tenant_id }, '-2m'))).rejects.toThrow(unauthorised(/expired/))
    for (const token of [
      await exampleBearer(tenant_id, 'another secret of thirty-two characters'),
      `Bearer ${head}.${body}.AAAA`,
      `Bearer ${unsigned}.${body}.AAAA`,
      `Bearer ${endless}`,
    ]) {
      await expect(read(token)).rejects.toThrow(unauthorised(/not one that is believed here/))
    }
  })

  it('is for us, and of the issuer, where that is set', async () => {
    const strict = bearerReader({ ...exampleTokens, issuer: 'core', audience: 'proxy' })
    expect(await strict(await signed({ tenant_id, iss: 'core', aud: 'proxy' }))).toBeDefined()
    for (const claims of [{ iss: 'core' }, { iss: 'x', aud: 'proxy' }]) {
      await expect(strict(await signed(claims))).rejects.toThrow(unauthorised(/believed/))
    }
  })
})

describe('a bearer token signed with a key of a URL', () => {
  let server: Server
  let answer = { status: 200, body: '{}' }
  let privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']
  beforeAll(async () => {
    const pair = await generateKeyPair('ES256')
    privateKey = pair.privateKey
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }
    answer = { status: 200, body: JSON.stringify({ keys: [jwk] }) }
    server = createServer((_request, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => void server.close())

  const settings = (): TokenSettings => {
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`
    return { issuer: undefined, audience: undefined, tenantClaim: 'tenant_id', jwksUrl }
  }
  const bearer = async (kid = 'k1') => {
    const token = new SignJWT({ tenant_id }).setProtectedHeader({ alg: 'ES256', kid })
    return `Bearer ${await token.setExpirationTime('1h').sign(privateKey)}`
  }

  it('is believed, and none of another key, nor one signed with the public key as a secret', async () => {
    const readBy = bearerReader(settings())
    expect(await readBy(await bearer())).toEqual({ tenants: [tenant_id] })
    await expect(readBy(await bearer('k2'))).rejects.toThrow(unauthorised(/believed/))
    await expect(readBy(await signed({ tenant_id }))).rejects.toThrow(unauthorised(/believed/))
  })

  it.each([
    { status: 500, body: '' },
    { status: 200, body: '<html>' },
    { status: 200, body: '{"keys":7}' },
  ])('waits where the URL answers $status $body', async (bad) => {
    const good = answer
    answer = bad
    await expect(bearerReader(settings())(await bearer())).rejects.toThrow(TransientError)
    answer = good
  })

  it('waits where nobody answers', async () => {
    const away = bearerReader({ ...settings(), jwksUrl: 'http://127.0.0.1:9/jwks' })
    await expect(away(await bearer())).rejects.toThrow(TransientError)
  })
})

describe('assertSpeaksFor', () => {
  it('is Problem 403 for another tenant', () => {
    expect(() => assertSpeaksFor({ tenants: [tenant_id.toUpperCase()] }, tenant_id)).not.toThrow()
    expect(() => assertSpeaksFor({ tenants: [] }, tenant_id)).toThrow(
      expect.objectContaining({ status: 403 }) as Error,
    )
  })
})
