import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleOperators } from '#apps/operations/sign-in/example-operators'
import { openOperators } from '#apps/operations/sign-in/operators-source'
import { changeOperators } from '#apps/platform/operators/operators-file'

let path = ''
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'operators-source-')), 'operators.json')
})
afterEach(() => rmSync(join(path, '..'), { recursive: true, force: true }))

describe('who may sign in', () => {
  it('is what the file says now', async () => {
    const given = await exampleOperators()
    changeOperators(path, () => given)
    const source = openOperators(path)
    expect(source.current()).toEqual(given)
    expect(source.current()).toBe(source.current())
    changeOperators(path, (known) => ({ ...known, operators: [] }))
    expect(source.current().operators).toEqual([])
  })

  it('is nobody where the file is gone or damaged, and those it names once it is there again', async () => {
    expect(() => openOperators(path)).toThrow(`${path} cannot be read (ENOENT)`)
    const given = await exampleOperators()
    changeOperators(path, () => given)
    const source = openOperators(path)
    writeFileSync(path, '{"sessionKey": "secret"')
    expect(() => source.current()).toThrow(/is no file of operators/)
    expect(() => source.current()).toThrow(/is no file of operators/)
    rmSync(path)
    expect(() => source.current()).toThrow('ENOENT')
    changeOperators(path, () => given)
    expect(source.current()).toEqual(given)
  })
})
