import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigKeys } from '#apps/platform/secret-keys'
import { cardKeyOf, configKeysOf, secretsOf } from '#apps/corrente/secrets'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'secrets-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

it('are made once, for their owner to read', () => {
  const made = secretsOf(dataDir)
  const values = Object.values(made)
  expect(new Set(values).size).toBe(values.length)
  for (const value of values) expect(value).toMatch(/^[\w-]{12,43}$/)
  expect(secretsOf(dataDir)).toEqual(made)
  expect(readdirSync(dataDir)).toEqual(['secrets.json'])
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
})

it.each(['', '{"ingestToken": "a-secret-that', '{}', 'null'])(
  'are not made anew over a file that holds %j, nor shown',
  (content) => {
    const path = join(dataDir, 'secrets.json')
    writeFileSync(path, content)
    const reading = () => secretsOf(dataDir)
    expect(reading).toThrow(`${path} does not hold the secrets of this installation`)
    expect(reading).not.toThrow('a-secret-that')
  },
)

it('that came with a newer version are added to those of an older one', () => {
  const { ingestToken, examplepayKey, notifySecret, corePassword } = secretsOf(dataDir)
  const former = { ingestToken, examplepayKey, notifySecret, corePassword }
  const path = join(dataDir, 'secrets.json')
  writeFileSync(path, JSON.stringify(former))
  const made = secretsOf(dataDir)
  expect(made).toMatchObject({
    ...former,
    tokenSecret: expect.stringMatching(/^.{32}$/) as string,
    mypayPassword: expect.stringMatching(/^.{12}$/) as string,
  })
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(made)
})

describe('a key of its own', () => {
  const isConfigKey = (text: string) => ConfigKeys.safeParse(text).success
  const isCardKey = (text: string) => Buffer.from(text, 'base64').length === 32
  it.each([
    ['configurations', 'configuration-keys', configKeysOf, isConfigKey],
    ['cards', 'card-key', cardKeyOf, isCardKey],
  ] as const)(
    'is made once for %s, for its owner to read, and is told of',
    (_, file, keyOf, isKey) => {
      const told: string[] = []
      const made = keyOf(dataDir, (line) => told.push(line))
      expect(isKey(made)).toBe(true)
      expect(keyOf(dataDir, (line) => told.push(line))).toBe(made)
      const path = join(dataDir, file)
      expect(told).toEqual([expect.stringContaining(`made ${path}`)])
      expect(statSync(path).mode & 0o777).toBe(0o600)
    },
  )
})
