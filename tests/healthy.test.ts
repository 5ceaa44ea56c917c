import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'

async function asked(port: string | undefined, ...args: readonly string[]) {
  const { PORT: _, ...others } = process.env
  const env = port === undefined ? others : { ...others, PORT: port }
  const child = spawn(process.execPath, ['bin/healthy.cjs', ...args], { env })
  const said = text(child.stderr)
  const [code] = (await once(child, 'exit')) as [number]
  return { code, said: await said }
}

/** An app that needs somebody, and whose pages send people to sign in. */
async function redApp(): Promise<string> {
  const server = createServer(({ url }, response) => {
    response.writeHead(url === '/status' ? 503 : 303, { location: '/sign-in' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return String((server.address() as AddressInfo).port)
}

describe('whether an app in a container is healthy', () => {
  it('is what its /status says', async () => {
    const port = await redApp()
    const said = `/status of port ${port} answered 503\n`
    expect(await asked(port)).toEqual({ code: 1, said })
  })

  it('is whether it answers at all, where another path is asked', async () => {
    expect(await asked(await redApp(), '/')).toEqual({ code: 0, said: '' })
  })

  it('is no where nobody listens, with a sentence', async () => {
    const { code, said } = await asked('1', '/status')
    expect(code).toBe(1)
    expect(said).toMatch(/^\/status of port 1: .*ECONNREFUSED/)
  })

  it('cannot be told without PORT', async () => {
    expect(await asked(undefined)).toEqual({
      code: 1,
      said: 'PORT is not set: which app is asked?\n',
    })
  })
})
