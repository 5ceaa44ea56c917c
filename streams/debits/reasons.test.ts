import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codes, isApproved } from '#streams/debits/reasons'

describe('reasons', () => {
  it('are in docs/debits.md, each with its code', () => {
    const [, section = ''] = readFileSync('docs/debits.md', 'utf8').split('\n## Codes\n')
    const lines = [...section.split('\n## ')[0]!.matchAll(/^\| (\d\d) +\| (.*?) *\|$/gm)]
    const documented = lines.flatMap(([, code, reasons]) =>
      [...reasons!.matchAll(/`([a-z-]+)`/g)].map(([, reason]) => [reason, code]),
    )
    expect(Object.fromEntries(documented)).toEqual(codes)
    expect(documented).toHaveLength(Object.keys(codes).length)
  })

  it('are approvals where the code is 00 or 10, and no other', () => {
    const approvals = Object.entries(codes).filter(([, code]) => isApproved(code))
    expect(approvals.map(([reason]) => reason)).toEqual(['approved', 'partially-approved'])
  })
})
