import { expect, it } from 'vitest'

import { runTool } from '#compose/embedded/run-tool'

it('gives exit code and both outputs, without colours', async () => {
  const script = 'printf "\\033[1mone\\033[m\\n"; echo two >&2; exit 3'
  expect(await runTool('sh', ['-c', script])).toEqual({ exitCode: 3, output: 'one\ntwo' })
})

it('has no exit code for a tool that is not there', async () => {
  const { exitCode, output } = await runTool('no-such-tool', [])
  expect(exitCode).toBeUndefined()
  expect(output).toContain('ENOENT')
})

it('ends the tool at an abort, and runs none after it', async () => {
  const signal = AbortSignal.timeout(100)
  const begun = performance.now()
  expect((await runTool('sleep', ['30'], signal)).exitCode).toBeUndefined()
  expect(performance.now() - begun).toBeLessThan(5_000)
  expect(await runTool('echo', ['one'], signal)).toEqual({ exitCode: undefined, output: 'not run' })
})
