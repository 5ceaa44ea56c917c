import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { dispatch } from '#apps/corrente/dispatch'
import { exampleTokens, type ExampleApi, startExampleApi } from '#apps/exports-api/example-api'

let api: ExampleApi
let printed: string
let reported: string
beforeEach(async () => {
  api = await startExampleApi()
  vi.stubEnv('EXPORTS_API_URL', `${api.url}/`)
  vi.stubEnv('EXPORTS_API_TOKEN', exampleTokens.back)
  printed = ''
  reported = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))))
  const report = (text: unknown) => Boolean((reported += String(text)))
  vi.spyOn(process.stderr, 'write').mockImplementation(report)
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  await api.stop()
})

const run = (line: string) => dispatch(line.split(' '))
const asking =
  'exports request --tenant-id tenant-a --source ledger --batch-id lote-1 --output pdf --template receipt@1 --language es-CO'
const printedObjects = () =>
  printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
const expires_at = '2026-11-30T15:00:00+01:00'
const result = { key: 'exports/1/archive.zip', bytes: 10, sha256: 'c0ffee' }

describe('corrente exports request', () => {
  it('prints the id of the request, whose members are the options', async () => {
    const limits = '--lifetime-minutes 60 --tolerated-failures 2 --tolerated-percent 5'
    const whom = '--notify ada@body.example --notify-webhook archive --notify-language pt-BR'
    expect(await run(`${asking} ${limits} ${whom} --filter {"day":1}`)).toBe(0)
    const [asked] = api.asked
    expect(printed).toBe(`${asked?.request_id}\n`)
    expect(asked).toMatchObject({
      create: {
        terms: {
          ...{ tenant_id: 'tenant-a', source: 'ledger', batch_id: 'lote-1', output: 'PDF' },
          ...{
            filter: '{"day":1}',
            lifetime_minutes: 60,
            tolerated_failures: 2,
            tolerated_percent: 5,
          },
        },
        notify: { email: 'ada@body.example', webhook: 'archive', language: 'pt-BR' },
      },
    })
  })

  it('is one request with one key', async () => {
    await run(`${asking} --idempotency-key press-1`)
    await run(`${asking} --idempotency-key press-1`)
    const [first, second] = printed.trim().split('\n')
    expect(first).toBe(second)
    expect(api.asked).toHaveLength(1)
  })

  it('says what the API says where it is refused, and ends with 1', async () => {
    expect(await run(asking.replace('ledger', 'archive'))).toBe(1)
    expect(reported).toBe('there is no such source; those there are: ledger\n')
    expect(printed).toBe('')
  })

  it.each([
    ['exports request --source ledger', 'say --tenant-id'],
    [`${asking} --filter {`, '--filter is no JSON'],
    [`${asking} --notify-language en`, 'neither --notify nor --notify-webhook'],
    [`${asking} --lifetime-minutes soon`, 'say a whole number'],
    ['exports watch', 'say one id'],
    ['exports list', 'say --tenant-id'],
    [`${asking} --url ftp://a`, 'no http or https URL'],
  ])('is a mistake of the caller: %s', async (line, sentence) => {
    expect(await run(line)).toBe(2)
    expect(reported).toContain(sentence)
  })

  it('is nothing without a token', async () => {
    vi.stubEnv('EXPORTS_API_TOKEN', '')
    expect(await run(asking)).toBe(2)
    expect(reported).toContain('EXPORTS_API_TOKEN is not set')
  })

  it('says where nobody answers', async () => {
    await api.stop()
    expect(await run(asking)).toBe(1)
    expect(reported).toContain('cannot be asked (ECONNREFUSED)')
    expect(reported).not.toContain(exampleTokens.back)
  })
})

describe('corrente exports watch', () => {
  it('shows each change, and ends with 0 where there is something to fetch', async () => {
    const watching = run(`${asking} --watch`)
    await expect.poll(() => printed).toContain('pending')
    const id = api.asked[0]!.request_id
    await api.decide(id)
    await expect.poll(() => printed).toContain('extracting')
    await api.decide(id, { state: 'READY', records: 20, rendered: 20, result, expires_at })
    expect(await watching).toBe(0)
    expect(printed.trim().split('\n')).toEqual([
      id,
      'pending',
      'extracting',
      'ready, 20 of 20, 10 B',
      `until ${expires_at}: corrente exports download ${id}`,
    ])
  })

  it.each(['FAILED', 'CANCELLED', 'EXPIRED'] as const)(
    'ends with 1 where it is %s',
    async (state) => {
      const id = await api.request()
      await api.decide(id, { state })
      expect(await run(`exports watch ${id} --json`)).toBe(1)
      expect(printedObjects()).toMatchObject([{ request_id: id, state }])
    },
  )

  it('says that there is no such request', async () => {
    expect(await run('exports watch 5f0c7a52-2a0d-4c55-9a3e-000000000001')).toBe(1)
    expect(reported).toBe('there is no such request for an export\n')
  })
})

describe('corrente exports list', () => {
  it('lists the newest first, no more than so many', async () => {
    const ids: string[] = []
    for (let nth = 0; nth < 3; nth++) {
      api.nowMs += 1_000
      ids.push(await api.request())
    }
    expect(await run('exports list --tenant-id tenant-a --count 2 --json')).toBe(0)
    expect(printedObjects().map(({ request_id }) => request_id)).toEqual([ids[2], ids[1]])
    printed = ''
    await run('exports list --tenant-id tenant-a')
    expect(printed).toMatch(/^request +state +percent/)
    expect(printed.trim().split('\n')).toHaveLength(4)
  })
})

describe('corrente exports cancel', () => {
  it('asks that it is given up', async () => {
    const id = await api.request()
    expect(await run(`exports cancel ${id}`)).toBe(0)
    expect(api.asked.at(-1)).toMatchObject({ request_id: id, type: 'Cancel' })
    expect(printed).toBe(`${id} is given up\n`)
  })
})

describe('corrente exports download', () => {
  const archive = Buffer.from('an archive')
  const sha256 = createHash('sha256').update(archive).digest('hex')
  let folder: string
  let objects: Server
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'exports-'))
    objects = createServer((_, response) => response.writeHead(200, { etag: '"1"' }).end(archive))
    await new Promise<void>((resolve) => objects.listen(0, '127.0.0.1', resolve))
    api.objectsAt = `http://127.0.0.1:${(objects.address() as AddressInfo).port}`
  })
  afterEach(() => {
    objects.closeAllConnections()
    objects.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('fetches what came out, says which it is, and shows its link to nobody', async () => {
    const id = await api.request()
    const made = { ...result, bytes: archive.length, sha256 }
    await api.decide(id, { state: 'READY', expires_at, result: made })
    const out = join(folder, 'archive.zip')
    expect(await run(`exports download ${id} --out ${out}`)).toBe(0)
    expect(readFileSync(out).equals(archive)).toBe(true)
    expect(printed).toBe(`${out} is there: 10 B, SHA-256 ${sha256}\n`)
    expect(printed + reported).not.toContain('signature')
    printed = ''
    expect(await run(`exports download ${id} --out ${out} --json`)).toBe(0)
    expect(printedObjects()).toEqual([{ file: out, bytes: 10, sha256, was_there: true }])
  })

  it('ends with 1 where there is nothing to fetch', async () => {
    const id = await api.request()
    expect(await run(`exports download ${id}`)).toBe(1)
    expect(reported).toContain('there is nothing to fetch: it is PENDING')
  })
})
