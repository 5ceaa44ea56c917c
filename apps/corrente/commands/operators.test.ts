import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readOperators } from '#apps/platform/operators/operators-file'
import { isPassword } from '#apps/platform/operators/password-hash'
import { runCommand } from '#tests/command'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'operators-'))
  file = join(folder, 'operators.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const password = 'correct horse battery'
const operators = (args: readonly string[], input = '') =>
  runCommand(['operators', ...args, '--file', file], input)

describe('operators of the status app', () => {
  it('are let in with a password from the input, and seen without it', async () => {
    expect(await operators(['add', 'ada', '--role', 'operator'], `${password}\n`)).toMatchObject({
      code: 0,
      out: 'ada may sign in as operator\n',
    })
    const [ada] = readOperators(file).operators
    expect(await isPassword(password, ada!.password)).toBe(true)
    expect(await isPassword(`${password}!`, ada!.password)).toBe(false)
    expect(readFileSync(file, 'utf8')).not.toContain(password)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect((await operators(['list', '--json'])).out).toBe('[{"login":"ada","role":"operator"}]\n')
  })

  it('get a password that is made, another role, and are let in no more', async () => {
    const made = JSON.parse((await operators(['add', 'ada', '--generate', '--json'])).out) as {
      password: string
    }
    const { sessionKey, operators: first } = readOperators(file)
    expect(first[0]!.role).toBe('viewer')
    expect(await isPassword(made.password, first[0]!.password)).toBe(true)
    await operators(['add', 'ada', '--role', 'operator', '--generate'])
    const changed = readOperators(file)
    expect(changed.sessionKey).toBe(sessionKey)
    expect(changed.operators).toMatchObject([{ login: 'ada', role: 'operator' }])
    expect((await operators(['remove', 'ada'])).code).toBe(0)
    expect(readOperators(file).operators).toEqual([])
    expect((await operators(['remove', 'ada'])).code).toBe(1)
  })

  it.each([
    [['add', 'ada'], 'short', /a password has 12 to 256 characters/],
    [['add', 'Ada Rossi'], password, /a login is small letters/],
    [['add', 'ada', '--role', 'root'], password, /say viewer or operator/],
    [['add'], password, /say one login/],
  ])('are refused as %j', async (args, input, why) => {
    expect(await operators(args, input)).toMatchObject({
      code: 2,
      err: expect.stringMatching(why) as string,
    })
  })

  it('are not written over a file that is none, nor beside another who writes', async () => {
    writeFileSync(file, '{"operators": "secret"}')
    const refused = await operators(['add', 'ada', '--generate'])
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining(file) as string })
    expect(refused.err).not.toContain('"secret"')
    expect(readFileSync(file, 'utf8')).toBe('{"operators": "secret"}')
    rmSync(file)
    writeFileSync(`${file}.new`, '')
    expect((await operators(['add', 'ada', '--generate'])).err).toContain('another command writes')
  })
})
