import { createServer, type Server } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { checkObjectStore } from '#apps/corrente/doctor/production/object-store'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A store that answers those who sign, and strangers, with these. */
async function storeThat(signed: number, stranger: number) {
  server = createServer((request, response) => {
    response.writeHead(request.headers.authorization ? signed : stranger).end()
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return {
    S3_BUCKET: 'exports',
    S3_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    S3_ACCESS_KEY_ID: 'corrente',
    S3_SECRET_ACCESS_KEY: 'hunter22hunter22',
  }
}
const told = async (env: Record<string, string>) =>
  (await checkObjectStore(env)).map(({ level, sentence }) => `${level}: ${sentence}`)

it('is well where it answers us and refuses a stranger', async () => {
  expect(await told(await storeThat(404, 403))).toEqual([
    'ok: the object store answers',
    'ok: the bucket is not listed to strangers',
  ])
})

it('is a warning where a stranger is shown what is in the bucket', async () => {
  expect(await told(await storeThat(404, 200))).toEqual([
    'ok: the object store answers',
    expect.stringMatching(/^warning: the bucket of S3_BUCKET is listed to anybody/),
  ])
})

it('is a problem where our key is refused, by the names of its settings', async () => {
  const lines = await told(await storeThat(403, 403))
  expect(lines).toEqual([expect.stringMatching(/^problem: .*S3_ACCESS_KEY_ID and S3_SECRET/)])
  expect(lines.join()).not.toContain('hunter22')
})

it('is well with a folder of this machine, and says where none is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'corrente-doctor-'))
  try {
    expect(await told({ OBJECT_STORE_FOLDER: folder })).toEqual(['ok: the object store answers'])
  } finally {
    rmSync(folder, { recursive: true })
  }
  expect(await told({})).toEqual(['ok: S3_BUCKET is not set: no object store was examined'])
})
