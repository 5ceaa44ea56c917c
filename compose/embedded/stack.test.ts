import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { findStack, startStack, stopStack } from '#compose/embedded/stack'

const report = () => {}

it.each([
  ['here', 'is not an absolute path'],
  ['/srv/one,two', 'holds a comma or semicolon'],
  ['/srv/one;two', 'holds a comma or semicolon'],
])('refuses the data folder %s', async (dataDir, reason) => {
  await expect(startStack({ dataDir, portBase: 17000, report })).rejects.toThrow(reason)
})

it('finds and stops nothing where nothing was started', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'stack-'))
  expect(await findStack(dataDir)).toBeUndefined()
  await stopStack(dataDir, report)
  await stopStack(dataDir, report)
  await rm(dataDir, { recursive: true })
})
