import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { secretsOf } from '#apps/corrente/secrets'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'secrets-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

it('are made once, for their owner to read', () => {
  const made = secretsOf(dataDir)
  expect(new Set(Object.values(made)).size).toBe(4)
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
