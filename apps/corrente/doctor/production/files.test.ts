import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkFiles, syncsFinding } from '#apps/corrente/doctor/production/files'

let home: string
beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'corrente-doctor-'))))
afterEach(() => rmSync(home, { recursive: true }))

const told = async (env: Record<string, string> = {}) =>
  (await checkFiles(env, home)).map(({ level, sentence }) => `${level}: ${sentence}`)

it('is a warning where everybody may read a secret, and a problem where we may not', async () => {
  const path = join(home, 'word')
  writeFileSync(path, 'hunter22', { mode: 0o644 })
  const env = {
    KAFKA_PASSWORD_FILE: path,
    INGEST_TOKENS_FILE: join(home, 'none'),
    KAFKA_CA_FILE: path,
  }
  const lines = await told(env)
  expect(lines[0]).toMatch(/^warning: KAFKA_PASSWORD_FILE: every account of this machine/)
  expect(lines[1]).toMatch(/^problem: INGEST_TOKENS_FILE: the file cannot be read \(ENOENT\)/)
  expect(lines.join()).not.toContain('KAFKA_CA_FILE')
  chmodSync(path, 0o400)
  expect((await told(env))[0]).toMatch(/^ok: KAFKA_PASSWORD_FILE/)
})

it('is a warning where others may enter a folder with state', async () => {
  mkdirSync(join(home, 'state'), { mode: 0o700 })
  mkdirSync(join(home, 'lookups'), { mode: 0o755 })
  chmodSync(join(home, 'lookups'), 0o755)
  expect((await told())[0]).toMatch(/^warning: lookups below /)
  chmodSync(join(home, 'lookups'), 0o700)
  expect(await told()).toEqual([expect.stringMatching(/4 KiB are on the disk/)])
})

it('leaves nothing behind from looking how long the disk takes', async () => {
  await told()
  expect(readdirSync(home)).toEqual([])
})

it('is advice for a slow disk', () => {
  expect(syncsFinding('/data', 4).level).toBe('ok')
  expect(syncsFinding('/data', 80)).toMatchObject({ level: 'advice' })
})
