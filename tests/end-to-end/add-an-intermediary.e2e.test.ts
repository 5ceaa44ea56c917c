import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startCommand } from '#tests/command'
import { blocksOf, copyProject, doPage, runIn } from '#tests/end-to-end/recipe'
import { platformOf, startTestStack } from '#tests/stack'

const page = 'docs/add-an-intermediary.md'
const root = copyProject()
let starting: ReturnType<typeof startTestStack>
// A stack of its own: what is configured on it, no worker of another test knows. It comes up beside the first steps.
beforeAll(() => void (starting = startTestStack(() => undefined)))
afterAll(async () => {
  await (await starting).stop()
  rmSync(root, { recursive: true })
})

/** For time, of the copy only what the page touches has its types checked, and what that imports. */
function narrowTypes(): void {
  const path = join(root, 'tsconfig.json')
  const config = JSON.parse(readFileSync(path, 'utf8')) as object
  const include = blocksOf(readFileSync(page, 'utf8')).flatMap((block) => block.path ?? [])
  writeFileSync(path, JSON.stringify({ ...config, include: ['connectors/fictionpay', ...include] }))
}

describe(page, () => {
  it('from top to bottom adds one that is paid at and conforms', { timeout: 300_000 }, async () => {
    narrowTypes()
    const here = { ...process.env, VITEST: undefined }
    const rest = await doPage(page, { root, env: here, until: 'npm start' })
    const [start, conform, ...more] = rest
    expect(more).toEqual([])

    const { stack } = await starting
    const env = { ...here, CORRENTE_HOME: dirname(stack.dataDir) }
    const place = `--port-base ${stack.portBase}`
    const args = `start ${start!.split(' -- ')[1]} --on-own-kafka ${place}`.split(' ')
    const demo = startCommand(args, { env: { ...env, ...platformOf(stack) }, cwd: root })
    let out = ''
    demo.child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    try {
      const isUp = () => out.includes('Ctrl-C drains') || demo.child.exitCode !== null
      await vi.waitUntil(isUp, { timeout: 120_000, interval: 100 })
      if (demo.child.exitCode !== null) throw new Error((await demo.ended).err)
      expect(out).toMatch(/payments@\d+:\d+ +COMPLETE {2}\(fictionpay-payment-proxy:/)
      expect(out).toMatch(/^application [0-9a-f-]{36} is at 2000$/m)

      const told = await runIn(root, `${conform} ${place}`, env)
      expect(told).toMatch(/^\d{2,} passed, 0 failed, 0 not tried, /m)
    } finally {
      demo.child.kill('SIGTERM')
      await demo.ended
    }
  })
})
