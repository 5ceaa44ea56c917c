import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secretSettings, withSecretFiles } from '#apps/platform/secret-files'
import { SettingsError } from '#apps/platform/settings'

let folder = ''
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'corrente-secrets-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (text: string, name = 'secret'): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('a secret in a file', () => {
  it.each(secretSettings)('%s may be given as the path of a file that holds it', (name) => {
    const env = withSecretFiles({ [`${name}_FILE`]: file('kept apart'), HOST: '0.0.0.0' })
    expect(env).toEqual({ [name]: 'kept apart', HOST: '0.0.0.0' })
  })

  it.each(['\n', '\r\n'])('ends before the line end %j that an editor leaves', (end) => {
    const env = withSecretFiles({ CORE_PASSWORD_FILE: file(` with spaces ${end}`) })
    expect(env['CORE_PASSWORD']).toBe(' with spaces ')
  })

  it('leaves an environment without such files as it is', () => {
    const env = { CORE_PASSWORD: 'here', CORE_PASSWORD_FILE: '', KAFKA_CA_FILE: 'ca.pem' }
    expect(withSecretFiles(env)).toEqual({ CORE_PASSWORD: 'here', KAFKA_CA_FILE: 'ca.pem' })
  })

  it('is refused where the secret is given in the environment, too', () => {
    const env = { CORE_PASSWORD: 'here', CORE_PASSWORD_FILE: file('there') }
    expect(() => withSecretFiles(env)).toThrow(
      new SettingsError('CORE_PASSWORD and CORE_PASSWORD_FILE are both set: set one'),
    )
  })

  it('is refused by the name of a file that cannot be read', () => {
    const path = join(folder, 'nothing')
    expect(() => withSecretFiles({ CORE_PASSWORD_FILE: path })).toThrow(
      new SettingsError(`CORE_PASSWORD_FILE: ${path} cannot be read (ENOENT)`),
    )
  })

  it('is refused by the name of a file that holds nothing', () => {
    const path = file('\n', 'empty')
    expect(() => withSecretFiles({ CORE_PASSWORD_FILE: path })).toThrow(
      new SettingsError(`CORE_PASSWORD_FILE: ${path} is empty`),
    )
  })
})
