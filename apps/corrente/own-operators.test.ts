import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepOperators, operatorsFileOf, signInHint } from '#apps/corrente/own-operators'
import { secretsOf } from '#apps/corrente/secrets'
import { changeOperators, readOperators } from '#apps/platform/operators/operators-file'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'own-operators-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

describe('the operators of an embedded installation', () => {
  it('are one at the first start, whose password is among its secrets, and stay', async () => {
    const told: string[] = []
    await keepOperators(dataDir, (line) => told.push(line))
    const path = operatorsFileOf(dataDir)
    const made = readOperators(path)
    expect(made.operators).toMatchObject([{ login: 'operator', role: 'operator' }])
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(told).toEqual([expect.stringContaining(path)])
    expect(await signInHint(dataDir)).toBe(
      `sign in as operator with ${secretsOf(dataDir).operationsPassword}`,
    )
    await keepOperators(dataDir)
    expect(readOperators(path)).toEqual(made)
  })

  it('are not told with a password that is no longer theirs', async () => {
    await keepOperators(dataDir)
    changeOperators(operatorsFileOf(dataDir), (known) => ({ ...known, operators: [] }))
    expect(await signInHint(dataDir)).not.toContain(secretsOf(dataDir).operationsPassword)
  })
})
