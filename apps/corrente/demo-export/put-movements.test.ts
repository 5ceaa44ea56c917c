import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putMovements } from '#apps/corrente/demo-export/put-movements'

describe('movements of a demonstration', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'corrente-demo-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('are the same file, of the same instant, however often they are put there', async () => {
    const asked = { folder, receipts: 3, seed: 1 }
    await putMovements({ ...asked, batch: 'one' })
    await putMovements({ ...asked, batch: 'two' })
    expect(readdirSync(folder)).toEqual(['one.csv', 'two.csv'])
    const [one, two] = ['one.csv', 'two.csv'].map((name) => join(folder, name))
    expect(readFileSync(one!, 'utf8')).toBe(readFileSync(two!, 'utf8'))
    expect(statSync(one!).mtimeMs).toBe(statSync(two!).mtimeMs)
  })

  it('stay as they are where they are there', async () => {
    writeFileSync(join(folder, 'one.csv'), 'mine')
    await putMovements({ folder, batch: 'one', receipts: 3, seed: 1 })
    expect(readFileSync(join(folder, 'one.csv'), 'utf8')).toBe('mine')
  })
})
