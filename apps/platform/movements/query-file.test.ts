import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { movementsQueryIn, versionQueryIn } from '#apps/platform/movements/query-file'

const whole = 'select amount from movements where tenant = $1 and batch = $2 order by id'

describe('a query in a file', () => {
  let path = ''
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'query-file-'))
    path = join(folder, 'query.sql')
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const read = (text: string, readIn = movementsQueryIn) => {
    writeFileSync(path, text)
    return readIn('QUERY_FILE', path)
  }

  it('is read as it is there, without the mark of UTF-8', () => {
    const query = { setting: 'QUERY_FILE', text: whole, takesFilter: false }
    expect(read(`\uFEFF${whole}`)).toEqual(query)
  })

  it('takes a filter where it asks for one, and not where that is a comment, a text or a name', () => {
    expect(read(`${whole.replace('order', 'and $3 is null order')}`).takesFilter).toBe(true)
    for (const quoted of [
      '-- $3\n',
      '/* $3 */',
      `'it''s $3'`,
      `e'it\\'s $3'`,
      '"$3"',
      '$a$ $3 $a$',
    ]) {
      expect(read(whole.replace('amount', `${quoted} amount`)).takesFilter, quoted).toBe(false)
    }
  })

  it.each([
    [
      'no batch',
      whole.replace('$2', `'$2'`),
      'QUERY_FILE: the query does not ask for $2 (the batch)',
    ],
    [
      'no tenant',
      whole.replace('$1', 'x$1'),
      'QUERY_FILE: the query does not ask for $1 (the tenant)',
    ],
    [
      'neither',
      'select 1 order by 1 -- $1 $2',
      'does not ask for $1 (the tenant) and $2 (the batch)',
    ],
    ['another parameter', `${whole}, $4`, 'QUERY_FILE: the query has a $4'],
    [
      'no order',
      whole.replace('order by id', '-- order by id'),
      'QUERY_FILE: the query has no order by',
    ],
  ])('that has %s is refused', (_, text, message) => {
    expect(() => read(text)).toThrow(message)
  })

  it('of versions needs no order, and asks for tenant and batch, too', () => {
    const query = 'select revision as version from batches where tenant = $1 and batch = $2'
    expect(read(query, versionQueryIn).text).toBe(query)
    expect(() => read(query.replace('$1', `'a'`), versionQueryIn)).toThrow('$1 (the tenant)')
  })

  it('that can not be read is named', () => {
    expect(() => movementsQueryIn('QUERY_FILE', join(folder, 'none.sql'))).toThrow(
      `QUERY_FILE: ${join(folder, 'none.sql')} cannot be read (ENOENT)`,
    )
  })
})
