import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openViews } from '#apps/corrente/open-views'

const folderWith = (views: Readonly<Record<string, string>>) => {
  const folder = mkdtempSync(join(tmpdir(), 'views-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [view, statements] of Object.entries(views)) {
    mkdirSync(join(folder, view))
    writeFileSync(join(folder, view, 'statements.sql'), statements)
  }
  return folder
}

/** A server that takes statements, but none with a table that is refused. */
async function serverOf(taken: string[], asked: (string | undefined)[] = []): Promise<string> {
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization)
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      const { ksql } = JSON.parse(body) as { ksql: string }
      taken.push(ksql)
      response.statusCode = ksql.includes('refused') ? 400 : 200
      response.end(ksql.includes('refused') ? '{"message":"no such topic"}' : '[]')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const statement = (table: string) => `CREATE ${table} WITH (VALUE_FORMAT = 'AVRO');`

it('opens each view, in the format its topic is written in', async () => {
  const taken: string[] = []
  const url = await serverOf(taken)
  const folder = folderWith({ two: statement('b'), one: statement('a') })
  expect(await openViews(url, { folder })).toEqual(['one', 'two'])
  expect(taken).toEqual([statement('a'), statement('b')])
  await openViews(url, { folder, isJson: true })
  expect(taken[2]).toBe("CREATE a WITH (VALUE_FORMAT = 'JSON');")
})

it('says which view is not opened, and why', async () => {
  const url = await serverOf([])
  const folder = folderWith({ one: statement('a'), two: statement('refused') })
  await expect(openViews(url, { folder })).rejects.toThrow(/view two: .*no such topic/)
})

it('shows who asks where it is told', async () => {
  const asked: (string | undefined)[] = []
  const url = await serverOf([], asked)
  const folder = folderWith({ one: statement('a') })
  await openViews(url, { folder })
  await openViews(url, { folder, credentials: 'ann:a:b' })
  expect(asked).toEqual([undefined, `Basic ${Buffer.from('ann:a:b').toString('base64')}`])
})
