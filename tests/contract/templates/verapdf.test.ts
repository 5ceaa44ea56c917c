import { expect, it } from 'vitest'
import { parseChecksums } from '#compose/embedded/checksums'
import { verdictsIn, veraPdf } from '#tests/contract/templates/verapdf'

it('tells verdicts by file and standard, and what a file fails by', () => {
  const output =
    'WARNING: slow\nPASS /a b/one.pdf 2a\nFAIL /a b/one.pdf ua1\n  FAIL 7.3-1\n  FAIL 7.2-10\n'
  expect(verdictsIn(output.trim())).toEqual([
    { file: '/a b/one.pdf', standard: '2a', isConformant: true, words: [] },
    {
      ...{ file: '/a b/one.pdf', standard: 'ua1', isConformant: false },
      words: ['FAIL 7.3-1', 'FAIL 7.2-10'],
    },
  ])
})

it('is the jars that were listed', async () => {
  const jars = parseChecksums(await veraPdf.checksums())
  expect(veraPdf.contents).toContain(`${jars.size} jars`)
})
