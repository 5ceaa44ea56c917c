import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoApps } from '#apps/corrente/demo-apps'
import { sandboxPortsOf, smtpPortOf } from '#apps/corrente/place'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'demo-apps-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const appsIn = (platform: Record<string, string>) => {
  const { sandbox, own } = demoApps({ dataDir, portBase: 17_000, platform })
  return [sandbox, ...own]
}

describe('the apps of a demonstration', () => {
  it('are reached on loopback only, whatever the environment says of other ones', () => {
    const elsewhere = 'https://payments.example'
    const platform = {
      HOST: '0.0.0.0',
      PORT: '80',
      CORRENTE_PUBLIC_URL: elsewhere,
      CORRENTE_INTERNAL_URL: elsewhere,
      CORE_URL: elsewhere,
    }
    for (const { env } of appsIn(platform)) {
      expect(env).toMatchObject({
        HOST: '127.0.0.1',
        CORRENTE_HOME: dataDir,
        CORRENTE_PUBLIC_URL: 'http://127.0.0.1:17002',
        CORRENTE_INTERNAL_URL: 'http://127.0.0.1:17002',
        CORE_URL: 'http://127.0.0.1:17012',
      })
    }
  })

  it('say which ports they take, and are asked there', () => {
    const apps = appsIn({ KAFKA_BROKERS: '127.0.0.1:17092' })
    expect(apps.map(({ name, claims }) => [name, claims.map(({ port }) => port)])).toEqual([
      ['sandbox', [...Object.values(sandboxPortsOf(17_000)), smtpPortOf(17_000)]],
      ['worker', [17_001]],
      ['payment-proxy', [17_002]],
      ['ingest', [17_003]],
      ['payments-poller', [17_005]],
      ['debit-edge', [17_006]],
      ['exports-api', [17_008]],
      ['operations', [17_004]],
    ])
    for (const { claims, readyUrl } of apps) {
      expect(claims.map(({ port }) => String(port))).toContain(new URL(readyUrl).port)
    }
  })

  it('have the projector and the stand-in of ksqlDB among them where there is a Postgres, and are watched, and asked', () => {
    const apps = appsIn({ DATABASE_URL: 'postgres://127.0.0.1:17032/postgres' })
    const named = (name: string) => apps.find((app) => app.name === name)
    expect(named('debit-projector')?.claims.map(({ port }) => port)).toEqual([17_007])
    expect(named('operations')?.env['CORRENTE_PROCESSES']).toContain('http://127.0.0.1:17007')
    expect(named('ksql-standin')?.claims.map(({ port }) => port)).toEqual([17_088])
    expect(named('payments-poller')?.env['KSQLDB_URL']).toBe('http://127.0.0.1:17088')
  })

  it('send mails to the sandbox, or to the mail server that the environment names', () => {
    const mailsOf = (platform: Record<string, string>) =>
      appsIn(platform).find(({ name }) => name === 'worker')?.env
    expect(mailsOf({})).toMatchObject({ SMTP_URL: 'smtp://127.0.0.1:17025', SMTP_TLS: 'off' })
    const SMTP_URL = 'smtps://mail.body.example'
    expect(mailsOf({ SMTP_URL })).toMatchObject({ SMTP_URL })
    expect(mailsOf({ SMTP_URL })?.['SMTP_TLS']).toBeUndefined()
  })

  it('keep what is exported in a folder of theirs, unless the environment names a bucket', () => {
    const exportsApiIn = (platform: Record<string, string>) =>
      appsIn(platform).find(({ name }) => name === 'exports-api')?.env ?? {}
    const own = exportsApiIn({})
    expect(own['OBJECT_STORE_FOLDER']).toBe(join(dataDir, 'objects'))
    expect(own['OBJECT_STORE_URL']).toBe('http://127.0.0.1:17008/objects')
    expect(exportsApiIn({ S3_BUCKET: 'exports' })['OBJECT_STORE_FOLDER']).toBeUndefined()
  })

  it('tell nobody but the API of exports who may ask for them, and how its links are signed', () => {
    for (const { name, env } of appsIn({})) {
      const isTold = name === 'exports-api'
      expect([name, 'EXPORTS_TOKENS' in env, 'OBJECT_STORE_LINK_SECRETS' in env]).toEqual([
        name,
        isTold,
        isTold,
      ])
    }
  })

  it('get the environment they are given and no other', () => {
    for (const { env } of appsIn({ KAFKA_BROKERS: '127.0.0.1:17092' })) {
      expect(env['KAFKA_BROKERS']).toBe('127.0.0.1:17092')
      expect(env['PATH']).toBeUndefined()
    }
  })
})
