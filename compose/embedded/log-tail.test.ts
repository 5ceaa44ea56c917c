import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { lastLogLines } from '#compose/embedded/log-tail'

it('ends with the file written last, and names it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'log-tail-'))
  const [log, out] = [join(folder, 'kafka.log'), join(folder, 'kafka.out')]
  await writeFile(log, 'one\ntwo\nthree\n')
  await writeFile(out, 'the JVM refuses\n')
  await utimes(log, 1, 1)
  expect(await lastLogLines([out, log], 3)).toEqual({
    lines: ['two', 'three', 'the JVM refuses'],
    path: out,
  })
  await rm(folder, { recursive: true })
})

it('has nothing to say where there are no files', async () => {
  expect(await lastLogLines(['/nowhere/kafka.log'])).toEqual({ lines: [], path: undefined })
})
