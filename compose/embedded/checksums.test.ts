import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { kafkaJars, registryFiles } from '#compose/embedded/artefacts'
import { differencesFrom, parseChecksums } from '#compose/embedded/checksums'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

it('names what is missing, different and unknown', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'checksums-'))
  for (const [name, content] of Object.entries({ a: 'a', b: 'other', d: 'd' })) {
    await writeFile(join(folder, name), content)
  }
  const expected = new Map(['a', 'b', 'c'].map((name) => [name, sha256(name)]))
  expect(await differencesFrom(expected, folder)).toEqual([
    'b has other content',
    'c is missing',
    'd is unknown',
  ])
  await rm(folder, { recursive: true })
})

it('refuses a line that is not a checksum', () => {
  expect(() => parseChecksums('abc  one.jar\n')).toThrow('not a checksum: abc  one.jar')
})

it('holds what the artefacts say of themselves', async () => {
  const jars = parseChecksums(await kafkaJars.checksums())
  expect(jars.size).toBe(46)
  expect(kafkaJars.contents).toContain('46 jars')
  expect([...jars.keys()].every((name) => name.endsWith('.jar'))).toBe(true)
  expect(parseChecksums(await registryFiles.checksums()).size).toBe(1)
})
