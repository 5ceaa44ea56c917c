import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOwnJournal } from '#apps/debit-edge/asking/own-journal'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'own-journal-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const directory = () => join(home, 'debit-edge', '0')

describe('the folder of an edge', () => {
  it('is one process’s alone, while that is alive', async () => {
    const first = await openOwnJournal(directory())
    await expect(openOwnJournal(directory())).rejects.toThrow(
      `another process answers for ${directory()}: give this one a CORRENTE_SLOT of its own`,
    )
    await first.close()
    await (await openOwnJournal(directory())).close()
  })

  it('is taken over from one that was killed', async () => {
    const first = await openOwnJournal(directory())
    first.journal.end()
    // A process of this number and beginning is not there any more.
    writeFileSync(join(directory(), 'lock'), '{"pid":1,"startIdentity":"before","ticket":1}')
    await (await openOwnJournal(directory())).close()
  })

  it('lets nobody else in', async () => {
    await (await openOwnJournal(directory())).close()
    expect(statSync(directory()).mode & 0o777).toBe(0o700)
  })
})
