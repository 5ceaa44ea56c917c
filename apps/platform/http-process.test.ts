import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'

const program = (start: string) => `
  import { runHttpProcess } from '#apps/platform/http-process'
  await runHttpProcess('example', async () => { ${start} })
`
const running = `
  const timer = setInterval(() => undefined, 1_000)
  return {
    url: 'http://127.0.0.1:1',
    close: async () => { clearInterval(timer); process.stdout.write('closed') },
  }
`

const run = (start: string) => {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program(start)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  const [stdout, stderr] = [text(child.stdout!), text(child.stderr!)]
  const ready = once(child.stdout!, 'data')
  return { child, stdout, stderr, ready, exit: once(child, 'exit') }
}

describe('runHttpProcess', () => {
  it.each([
    { scene: 'SIGTERM', end: (child: ReturnType<typeof spawn>) => child.kill('SIGTERM') },
    { scene: 'SIGINT', end: (child: ReturnType<typeof spawn>) => child.kill('SIGINT') },
    {
      scene: 'its parent being gone',
      end: (child: ReturnType<typeof spawn>) => child.disconnect(),
    },
  ])('drains at $scene', async ({ end }) => {
    const { child, stdout, ready, exit } = run(running)
    await ready
    end(child)
    expect(await exit).toEqual([0, null])
    const [line = '', rest] = (await stdout).split('\n')
    expect(JSON.parse(line)).toMatchObject({
      app: 'example',
      msg: 'ready',
      url: 'http://127.0.0.1:1',
    })
    expect(rest).toBe('closed')
  })

  it('says in one sentence why it cannot start', async () => {
    const { stderr, exit } = run(`throw new Error('KAFKA_BROKERS is not set')`)
    expect(await exit).toEqual([1, null])
    expect(await stderr).toBe('example cannot start: KAFKA_BROKERS is not set\n')
  })
})
