import { expect, it } from 'vitest'
import { compareFiles, readArtefacts } from '#schemas/generated-files'

it('are what the .avsc files say: npx tsx schemas/generate.ts', async () => {
  const files = await compareFiles(await readArtefacts())
  expect(files.filter(({ wanted, found }) => wanted !== found).map(({ name }) => name)).toEqual([])
  expect(files.map(({ name }) => name)).toEqual(['generated/types.ts', 'generated/schemas.ts'])
})
