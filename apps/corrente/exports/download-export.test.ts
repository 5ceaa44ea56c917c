import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { downloadExport } from '#apps/corrente/exports/download-export'
import { exampleRequestId, shownExport } from '#apps/corrente/exports/example-export'
import { RefusedError } from '#apps/corrente/exports/exports-client'

const archive = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251))
const sha256 = createHash('sha256').update(archive).digest('hex')

type Serve = (request: IncomingMessage, response: ServerResponse, from: number) => void
let folder: string
let server: Server
let asked: { readonly range: unknown; readonly ifRange: unknown }[]
let serve: Serve
let links: number

/** As S3 does: the rest where it is the same object, else all of it. */
const well: Serve = (_, response, from) => {
  const range = `bytes ${from}-${archive.length - 1}/${archive.length}`
  response.writeHead(from > 0 ? 206 : 200, {
    etag: '"v1"',
    ...(from > 0 ? { 'content-range': range } : {}),
  })
  response.end(archive.subarray(from))
}
/** Breaks off after so many bytes. */
const brokenAt =
  (bytes: number): Serve =>
  (_, response, from) => {
    response.writeHead(from > 0 ? 206 : 200, {
      etag: '"v1"',
      'content-length': String(archive.length - from),
      ...(from > 0 ? { 'content-range': `bytes ${from}-` } : {}),
    })
    response.write(archive.subarray(from, from + bytes))
    // What came together with the end of a connection is lost to its reader.
    setTimeout(() => response.destroy(), 50)
  }

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'download-'))
  asked = []
  links = 0
  serve = well
  server = createServer((request, response) => {
    const { range, 'if-range': ifRange } = request.headers
    asked.push({ range, ifRange })
    const from = ifRange === '"v1"' ? Number(/\d+/.exec(range ?? '')?.[0] ?? 0) : 0
    serve(request, response, from)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const aRest = expect.stringMatching(/^bytes=[1-9]\d*-$/) as string
const out = () => join(folder, 'archive.zip')
const ready = shownExport({ state: 'READY', result: { bytes: archive.length, sha256 } })
const download = (changes: Partial<Parameters<typeof downloadExport>[0]> = {}) =>
  downloadExport({
    client: {
      show: async () => ready,
      link: async () => {
        links += 1
        return `http://127.0.0.1:${(server.address() as AddressInfo).port}/a?signature=secret-${links}`
      },
    },
    id: exampleRequestId,
    out: out(),
    isForced: false,
    onProgress: () => undefined,
    pauseMs: 1,
    ...changes,
  })

describe('a download', () => {
  it('is the very file that was made, and leaves nothing else', async () => {
    const told: number[] = []
    const done = await download({ onProgress: (bytes) => told.push(bytes) })
    expect(done).toEqual({ file: out(), bytes: archive.length, sha256, was_there: false })
    expect(readFileSync(out()).equals(archive)).toBe(true)
    expect(readdirSync(folder)).toEqual(['archive.zip'])
    expect([told[0], told.at(-1)]).toEqual([0, archive.length])
  })

  it('goes on where it broke off, by a new link, and asks for the rest of the same object only', async () => {
    serve = (request, response, from) => {
      serve = well
      brokenAt(100_000)(request, response, from)
    }
    await download()
    expect(readFileSync(out()).equals(archive)).toBe(true)
    const [first, second] = asked
    expect(first).toEqual({ range: undefined, ifRange: undefined })
    expect(second).toEqual({ range: aRest, ifRange: '"v1"' })
    expect(links).toBe(2)
  })

  it('goes on where a call that was given up has ended', async () => {
    let tries = 0
    const away: Serve = (_, response) => void response.writeHead(503).end()
    serve = (...given) => (++tries > 3 ? away : brokenAt(40_000))(...given)
    await expect(download()).rejects.toThrow('the object store answered 503')
    expect(existsSync(out())).toBe(false)
    serve = well
    asked = []
    await download()
    expect(readFileSync(out()).equals(archive)).toBe(true)
    expect(asked).toEqual([{ range: aRest, ifRange: '"v1"' }])
  })

  it('begins anew where the part is of something else', async () => {
    writeFileSync(`${out()}.part`, 'of another export')
    writeFileSync(`${out()}.part.json`, JSON.stringify({ sha256: 'other', etag: '"v1"' }))
    await download()
    expect(asked).toEqual([{ range: undefined, ifRange: undefined }])
    expect(readFileSync(out()).equals(archive)).toBe(true)
  })

  it('begins anew where the store has another object by now', async () => {
    serve = (request, response, from) => {
      serve = (_, rest) => void rest.writeHead(200, { etag: '"v2"' }).end(archive)
      brokenAt(100_000)(request, response, from)
    }
    await download()
    expect(readFileSync(out()).equals(archive)).toBe(true)
  })

  it('is nothing where its SHA-256 is another', async () => {
    const other = Buffer.from(archive).fill(0, 5, 6)
    other[7] = 255
    serve = (_, response) => void response.writeHead(200, { etag: '"v1"' }).end(other)
    await expect(download()).rejects.toThrow('its SHA-256 differs, and it was removed')
    expect(readdirSync(folder)).toEqual([])
  })

  it('takes no more than was made', async () => {
    const more = Buffer.concat([archive, archive])
    serve = (_, response) => void response.writeHead(200, { etag: '"v1"' }).end(more)
    await expect(download()).rejects.toThrow('more comes than was made')
    expect(existsSync(out())).toBe(false)
  })

  it('leaves another file as it is, unless it is to be replaced', async () => {
    writeFileSync(out(), 'mine')
    await expect(download()).rejects.toThrow('is there already, and is another file')
    expect(readFileSync(out(), 'utf8')).toBe('mine')
    expect(links).toBe(0)
    await download({ isForced: true })
    expect(readFileSync(out()).equals(archive)).toBe(true)
  })

  it('leaves a file as it is that came while it was fetched', async () => {
    serve = (...given) => {
      writeFileSync(out(), 'mine')
      well(...given)
    }
    await expect(download()).rejects.toThrow('is there already, and is another file')
    expect(readFileSync(out(), 'utf8')).toBe('mine')
  })

  it('fetches nothing where the very file is there', async () => {
    writeFileSync(out(), archive)
    expect(await download()).toMatchObject({ was_there: true })
    expect(asked).toEqual([])
  })

  it('is none of what is not ready, nor of what is over meanwhile', async () => {
    const client = { show: async () => shownExport(), link: () => Promise.reject(new Error('no')) }
    await expect(download({ client })).rejects.toThrow('nothing to fetch: it is RENDERING')
    const over = () => Promise.reject(new RefusedError(410, 'the time of this export is over'))
    const late = { show: async () => ready, link: over }
    await expect(download({ client: late })).rejects.toThrow('the time of this export is over')
  })

  it('never says the link, whatever goes wrong', async () => {
    serve = (_, response) => void response.writeHead(403).end()
    const refused = await download().catch((error: Error) => error)
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    const link = () => Promise.resolve('http://127.0.0.1:1/a?signature=secret')
    const client = { show: async () => ready, link }
    const away = await download({ client }).catch((error: Error) => error)
    for (const error of [refused, away]) {
      expect(error).toBeInstanceOf(Error)
      expect((error as Error).stack).not.toMatch(/secret/)
    }
  })
})
