import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Ended, startCommand } from '#tests/command'
import { freePortBase } from '#tests/free-ports'

const seconds = 1_000
let home = ''
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'corrente-start-debits-'))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

const tellsPid = /^the authoriser is in process (\d+); kill it, and see: kill -9 \1$/gm

/** The lines of seconds: the hour, and how many of each code were answered. */
const secondsIn = (out: string) =>
  [...out.matchAll(/^(\d\d:\d\d) +(\d+) +\S+ +\S+ +(.*)$/gm)].map(([, hour, answers, counts]) => {
    const [approved, , , , , late, unowned] = counts!.split(/ +/).map((text) => Number(text) || 0)
    return { hour: hour!, answers: Number(answers), approved: approved!, away: late! + unowned! }
  })

describe('corrente start --demo debits', () => {
  let ended: Ended
  beforeAll(async () => {
    const env = { ...process.env, CORRENTE_HOME: home }
    const portBase = String(await freePortBase())
    const day = ['--day-seconds', '20', '--per-second', '50', '--accounts', '30', '--seed', '4']
    const args = ['start', '--demo', 'debits', '--once', '--port-base', portBase, ...day]
    const start = startCommand(args, { env })
    let out = ''
    start.child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    const isMorning = () =>
      secondsIn(out).some(({ hour }) => hour > '06:00') || start.child.exitCode !== null
    await vi.waitUntil(isMorning, { timeout: 100 * seconds, interval: 50 })
    const [, pid] = [...out.matchAll(tellsPid)].at(-1) ?? []
    if (pid !== undefined) process.kill(Number(pid), 'SIGKILL')
    ended = await start.ended
  }, 180 * seconds)

  it('goes on after the authoriser was killed as it says', () => {
    expect(ended.code, ended.err).toBe(0)
    expect(ended.err).toContain('worker ended (SIGKILL), started again')
    const [before, after] = [...ended.out.matchAll(tellsPid)]
    expect(after?.[1]).not.toBe(before![1])
    const day = secondsIn(ended.out)
    expect(day[0]!.approved).toBeGreaterThan(0)
    expect(day.findLastIndex(({ answers, away }) => answers === 0 || away > 0)).toBeGreaterThan(0)
    const byTheSecond = secondsIn(ended.out.slice(after!.index)).slice(1)
    expect(byTheSecond.reduce((sum, { approved }) => sum + approved, 0)).toBeGreaterThan(0)
    expect(day.at(-1)?.hour).toBe('24:00')
  })

  it('proves what lies on the accounts by the answers, and the books by the topics', () => {
    const { out } = ended
    const [, requests, answered] = /^(\d+) requests, (\d+) answered/m.exec(out) ?? []
    expect(Number(requests)).toBeGreaterThan(400)
    expect(answered).toBe(requests)
    expect(out).toMatch(/; [1-9]\d* repeats were the same, byte for byte$/m)
    expect(out).toMatch(/^30 accounts by the answers, .*: 30 agree; lost 0, double 0$/m)
    expect(out).toMatch(/^Postgres was compared, row by row: 30 of accounts, /m)
    expect(out).toMatch(/^the books are right, after /m)
  })

  it('shows the number of no card', () => {
    expect(ended.out + ended.err).not.toMatch(/888866\d{10}/)
  })
})
