import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { openTracing } from '#apps/platform/tracing/open-tracing'

const start = { name: 'process applications', kind: 'consumer' } as const

/** A receiver that keeps what it is asked and answers with `status`, or never where there is none. */
async function receiver(status?: number) {
  const asked: { readonly path: string | undefined; readonly body: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      asked.push({ path: request.url, body })
      if (status !== undefined) response.writeHead(status).end('{}')
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url, asked, close }
}

const env = (url: string) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_TRACES_SAMPLER: 'always_on',
  LOG_LEVEL: 'silent',
})

describe('openTracing', () => {
  it('loads nothing of what exports spans where traces are off', async () => {
    const program = `
      const { openTracing } = await import('#apps/platform/tracing/open-tracing')
      await import('#apps/platform/http')
      await import('#core/run-units')
      const { createRequire } = await import('node:module')
      const loaded = () => Object.keys(createRequire(process.cwd() + '/x.js').cache)
        .filter((path) => /@opentelemetry.(?!api)/.test(path)).length
      const off = await openTracing({}, 'example')
      const before = loaded()
      const on = await openTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }, 'example')
      process.stdout.write(JSON.stringify([off === undefined, before, loaded() > 0]))
      await on.close()
    `
    const args = ['--import', 'tsx', '--input-type=module', '--eval', program]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    expect(JSON.parse(stdout)).toEqual([true, 0, true])
  })

  it('hands over at the end what waits, and counts it', async () => {
    const { url, asked, close } = await receiver(200)
    const tracing = (await openTracing(env(url), 'example'))!
    const registry = new Registry()
    tracing.countIn(registry)
    tracing.begin(start).end()
    await tracing.close()
    close()
    expect(asked.map(({ path }) => path)).toEqual(['/v1/traces'])
    expect(JSON.parse(asked[0]!.body)).toMatchObject({
      resourceSpans: [
        {
          resource: {
            attributes: expect.arrayContaining([
              { key: 'service.name', value: { stringValue: 'corrente-example' } },
            ]) as unknown,
          },
          scopeSpans: [{ spans: [{ name: 'process applications' }] }],
        },
      ],
    })
    expect(await registry.metrics()).toContain('corrente_spans_total{outcome="exported"} 1')
  })

  it('ends in time beside a receiver that hangs', async () => {
    const { url, close } = await receiver()
    const tracing = (await openTracing(env(url), 'example'))!
    tracing.begin(start).end()
    const startMs = performance.now()
    await tracing.close()
    close()
    expect(performance.now() - startMs).toBeLessThan(3_000)
  })
})
