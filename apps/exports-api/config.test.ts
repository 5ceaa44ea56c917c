import { describe, expect, it } from 'vitest'
import { exportsApiSettings } from '#apps/exports-api/config'

const env = {
  EXPORTS_TOKENS: 'back:back-token-of-a-length',
  EXPORTS_TENANTS: 'back:tenant-a',
}

describe('the settings of the API of exports', () => {
  it('have links that lead somewhere for a quarter of an hour, on this machine', () => {
    const { port, host, linkMs, grants } = exportsApiSettings(env)
    expect({ port, host, linkMs }).toEqual({ port: 8008, host: '127.0.0.1', linkMs: 900_000 })
    expect(grants).toEqual([{ name: 'back', tenant: 'tenant-a' }])
  })

  it('tell nobody what comes of requests, unless it is said where these are shown', () => {
    expect(exportsApiSettings(env).notifying).toEqual({ pageUrl: undefined, webhooks: [] })
    const told = {
      EXPORTS_PAGE_URL: 'https://exports.example/exports/',
      EXPORTS_WEBHOOKS: 'tenant-a:archive,tenant-a:audit, *:all',
    }
    expect(exportsApiSettings({ ...env, ...told }).notifying).toEqual({
      pageUrl: 'https://exports.example/exports',
      webhooks: [
        { tenant: 'tenant-a', webhook: 'archive' },
        { tenant: 'tenant-a', webhook: 'audit' },
        { tenant: '*', webhook: 'all' },
      ],
    })
  })

  it.each([
    ['EXPORTS_TOKENS', 'EXPORTS_TOKENS is not set'],
    ['EXPORTS_TENANTS', 'EXPORTS_TENANTS is not set'],
  ])('are none without %s', (name, sentence) => {
    expect(() => exportsApiSettings({ ...env, [name]: '' })).toThrow(sentence)
  })

  it.each([
    [
      { EXPORTS_TENANTS: 'front:tenant-a' },
      'EXPORTS_TENANTS says of no tenant that back may see it',
    ],
    [
      { EXPORTS_TENANTS: 'back:tenant-a,front:tenant-a' },
      'EXPORTS_TENANTS names front, who has no token in EXPORTS_TOKENS',
    ],
    [{ EXPORTS_PAGE_URL: 'exports.example' }, 'EXPORTS_PAGE_URL: is no http or https URL'],
    [{ EXPORTS_WEBHOOKS: 'tenant-a:archive' }, 'EXPORTS_PAGE_URL is not set'],
    [
      { EXPORTS_PAGE_URL: 'https://exports.example', EXPORTS_WEBHOOKS: 'archive' },
      'EXPORTS_WEBHOOKS: must be <tenant>:<webhook>',
    ],
    [
      { EXPORTS_PAGE_URL: 'https://exports.example', EXPORTS_WEBHOOKS: 'a:https://b.example' },
      'EXPORTS_WEBHOOKS: must be <tenant>:<webhook>',
    ],
    [{ EXPORTS_LINK_MINUTES: '0' }, 'EXPORTS_LINK_MINUTES: '],
    [{ EXPORTS_LINK_MINUTES: '61' }, 'EXPORTS_LINK_MINUTES: '],
    [{ EXPORTS_LISTENERS_MAX: 'many' }, 'EXPORTS_LISTENERS_MAX: is no number'],
  ])('are none with %j', (changes, sentence) => {
    expect(() => exportsApiSettings({ ...env, ...changes })).toThrow(sentence)
  })

  it('do not show a token that is none', () => {
    const start = () => exportsApiSettings({ ...env, EXPORTS_TOKENS: 'back:short' })
    expect(start).toThrow('EXPORTS_TOKENS: must be <name>:<token>')
    expect(start).not.toThrow('short')
  })
})
