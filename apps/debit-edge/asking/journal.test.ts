import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openJournal, type OpenRequest } from '#apps/debit-edge/asking/journal'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'journal-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const path = () => join(directory, 'open-requests')
const request = (n: number): OpenRequest => ({
  event_id: `5f0c7a52-2a0d-4c55-9a3e-${String(n).padStart(12, '0')}`,
  account_id: 'kR3vY1mBq0aZ8sD7fG2hJw',
  request_id: `order:${n}`,
  type: 'Debit',
  requested_at: 1_764_450_000_000 + n,
  deadline_at: 1_764_450_003_000 + n,
})
/** What the next process of the folder finds. */
const left = () => {
  const next = openJournal(directory)
  next.end()
  return next.left
}

describe('the journal of an edge', () => {
  it('tells the next process what was asked and not answered, without a word of goodbye', () => {
    const journal = openJournal(directory)
    expect(journal.left).toEqual([])
    for (const n of [1, 2, 3]) journal.open(request(n))
    journal.close([request(2).event_id])
    expect(left()).toEqual([request(1), request(3)])
  })

  it('tells it again until it was closed, however many processes come between', () => {
    openJournal(directory).open(request(1))
    expect(left()).toEqual([request(1)])
    const third = openJournal(directory)
    expect(third.left).toEqual([request(1)])
    third.close([request(1).event_id])
    expect(left()).toEqual([])
  })

  it('has each line in the file before the call returns', () => {
    const journal = openJournal(directory)
    journal.open(request(1))
    expect(readFileSync(path(), 'utf8')).toContain(request(1).event_id)
    journal.close([request(1).event_id])
    expect(readFileSync(path(), 'utf8')).toMatch(/^\+ .*\n- .*\n$/)
  })

  it('takes what stands behind the last line break for unasked', () => {
    const journal = openJournal(directory)
    journal.open(request(1))
    journal.open(request(2))
    truncateSync(path(), statSync(path()).size - 1)
    expect(left()).toEqual([request(1)])
  })

  it('stays small however long it never is empty', () => {
    const journal = openJournal(directory, 2_000)
    for (let n = 0; n < 500; n++) {
      journal.open(request(n))
      if (n > 0) journal.close([request(n - 1).event_id])
      expect(statSync(path()).size).toBeLessThan(2_200)
    }
    expect(left()).toEqual([request(499)])
  })

  it('goes on behind what a process that was killed had half written aside', () => {
    openJournal(directory).open(request(1))
    appendFileSync(`${path()}.new`, '+ half a l')
    expect(left()).toEqual([request(1)])
  })

  it('is for its owner to read', () => {
    openJournal(directory)
    expect(statSync(path()).mode & 0o777).toBe(0o600)
  })
})
