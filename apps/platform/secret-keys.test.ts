import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ConfigKeys, secretKeys, unsealedConfig } from '#apps/platform/secret-keys'
import { isSealed } from '#schemas/values/sealed'

const key = (id: string) => ({ id, bytes: randomBytes(32) })
const [old, fresh] = [key('2025'), key('2026')]
const place = 'examplepay/TENANT/t/api_key'
const rejected = (sentence: RegExp) =>
  expect.objectContaining({
    code: 'bad-configuration',
    message: expect.stringMatching(sentence) as string,
  }) as Error

describe('secret keys', () => {
  it('seal with the newest and read what any of them sealed', () => {
    const before = secretKeys([old]).seal('é secret', place)
    const rotated = secretKeys([fresh, old])
    const after = rotated.seal('é secret', place)
    for (const sealed of [before, after]) {
      expect(isSealed(sealed)).toBe(true)
      expect(sealed).not.toContain('secret')
      expect(rotated.unseal(sealed, place)).toBe('é secret')
    }
    expect([before, after].map(rotated.isNewest)).toEqual([false, true])
  })

  it('seal the same text differently each time', () => {
    const keys = secretKeys([fresh])
    expect(keys.seal('x', place)).not.toBe(keys.seal('x', place))
  })

  it('read nothing that was moved, changed, or sealed by another', () => {
    const keys = secretKeys([fresh])
    const sealed = keys.seal('secret', place)
    const parts = sealed.split(':')
    const changed = [...parts.slice(0, 4), Buffer.from('other!').toString('base64url'), parts[5]]
    const wrong = /api_key was not sealed here: save the configuration again$/
    expect(() => keys.unseal(sealed, 'examplepay/TENANT/u/api_key')).toThrow(rejected(wrong))
    expect(() => keys.unseal(changed.join(':'), place)).toThrow(rejected(wrong))
    const stranger = secretKeys([{ ...fresh, bytes: randomBytes(32) }])
    expect(() => stranger.unseal(sealed, place)).toThrow(rejected(wrong))
  })

  it('name the key that is missing, and the setting', () => {
    const sealed = secretKeys([old]).seal('secret', place)
    expect(() => secretKeys([fresh]).unseal(sealed, place)).toThrow(
      rejected(/is sealed with key 2025, which CORRENTE_CONFIG_KEYS does not hold/),
    )
    expect(() => secretKeys([]).seal('secret', place)).toThrow(
      rejected(/CORRENTE_CONFIG_KEYS is not set/),
    )
  })
})

describe('the setting', () => {
  const text = ({ id, bytes }: typeof old, encoding: BufferEncoding = 'base64') =>
    `${id}:${bytes.toString(encoding)}`

  it('takes several keys', () => {
    const keys = ConfigKeys.parse(`${text(fresh)}, ${text(old, 'base64url')}`)
    expect(keys.unseal(secretKeys([old]).seal('secret', place), place)).toBe('secret')
    expect(keys.isNewest(keys.seal('secret', place))).toBe(true)
  })

  it.each([
    { scene: 'no id', given: old.bytes.toString('base64') },
    { scene: 'a short key', given: 'a:c2hvcnQ=' },
    { scene: 'a strange id', given: `a b:${old.bytes.toString('base64')}` },
    { scene: 'two keys alike', given: `${text(old)},${text(old)}` },
  ])('is refused for $scene, without showing it', ({ given }) => {
    const { error } = ConfigKeys.safeParse(given)
    expect(error?.issues).toHaveLength(1)
    expect(error?.message).not.toContain(given)
  })
})

describe('unsealedConfig', () => {
  const keys = secretKeys([fresh])
  const from = { connector: 'examplepay', level: 'TENANT' } as const

  it('opens the secrets of its own place, and leaves the rest', () => {
    const config = { id: 't', api_key: keys.seal('secret', place), timeout_ms: 3, plain: 'sealed:' }
    expect(unsealedConfig(from, config, keys)).toEqual({ ...config, api_key: 'secret' })
    expect(() => unsealedConfig(from, { ...config, id: 'u' }, keys)).toThrow(
      rejected(/^examplepay/),
    )
    expect(unsealedConfig(from, null, keys)).toBeNull()
  })
})
