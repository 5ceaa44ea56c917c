import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeSecretFiles } from '#apps/corrente/secret-files'

const now = new Date('2026-11-30T12:00:00Z')
let folder = ''
const content = (name: string) => readFileSync(join(folder, name), 'utf8')
beforeEach(() => (folder = join(mkdtempSync(join(tmpdir(), 'corrente-files-')), 'secrets')))
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

describe('the secrets of an installation in containers', () => {
  it('are made once, each in a file of its own, and no two alike', () => {
    const made = makeSecretFiles(folder, now)
    expect([...made].sort()).toEqual(readdirSync(folder).sort())
    const texts = made.map(content)
    expect(new Set(texts).size).toBe(texts.length)
    expect(makeSecretFiles(folder, now)).toEqual([])
    expect(made.map(content)).toEqual(texts)
  })

  it('lie in a folder that only its user may enter, where every user of a container may read them', () => {
    makeSecretFiles(folder, now)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o444)
    }
  })

  it('hold no line end: some programs would take it for a part of the secret', () => {
    for (const name of makeSecretFiles(folder, now)) expect(content(name)).not.toMatch(/\s/)
  })

  it('that somebody put there before stay, and the others are made', () => {
    makeSecretFiles(folder, now)
    rmSync(join(folder, 'core-password'))
    writeFileSync(join(folder, 'core-password'), 'of the Core')
    rmSync(join(folder, 'card-key'))
    expect(makeSecretFiles(folder, now)).toEqual(['card-key'])
    expect(content('core-password')).toBe('of the Core')
  })

  it('name the same password of Postgres to Postgres and to those who ask it', () => {
    makeSecretFiles(folder, now)
    expect(new URL(content('database-url')).password).toBe(content('postgres-password'))
  })

  it.each(['postgres-password', 'database-url'])(
    'are not made where only %s is missing: the other would be of another password',
    (lost) => {
      makeSecretFiles(folder, now)
      rmSync(join(folder, lost))
      expect(() => makeSecretFiles(folder, now)).toThrow(`${join(folder, lost)} is not there`)
      expect(readdirSync(folder)).not.toContain(lost)
    },
  )
})
