import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { endedServices, keepServices } from '#apps/corrente/keep-services'
import { pidPathOf, writePidFile } from '#compose/embedded/pid-file'

describe('services that are kept', () => {
  let kept: ReturnType<typeof keepServices> | undefined
  afterEach(() => kept?.stop())

  const keeping = (looks: readonly (readonly string[])[], start = async () => undefined) => {
    const lines: string[] = []
    let look = 0
    let starts = 0
    kept = keepServices({
      ended: () => looks[look++] ?? [],
      start: () => (starts++, start()),
      report: (line) => lines.push(line),
      everyMs: 1,
    })
    const seen = () => expect.poll(() => look).toBeGreaterThan(looks.length + 2)
    return { lines, seen, starts: () => starts }
  }

  it('are started again once they have ended, and told', async () => {
    const { lines, seen, starts } = keeping([[], ['kafka'], ['kafka'], []])
    await seen()
    expect(lines).toEqual(['kafka ended, started again'])
    expect(starts()).toBe(1)
  })

  it('are left alone where somebody stops them: one look later their pid file is gone', async () => {
    const { lines, seen, starts } = keeping([['kafka'], [], ['registry'], []])
    await seen()
    expect([lines, starts()]).toEqual([[], 0])
  })

  it('are tried again where they cannot start, and it is said why', async () => {
    const failing = async () => Promise.reject(new Error('port 17092 is taken'))
    const { lines, seen, starts } = keeping([['kafka'], ['kafka'], ['kafka'], []], failing)
    await seen()
    expect(lines.filter((line) => line === 'kafka: port 17092 is taken')).toHaveLength(2)
    expect(starts()).toBe(2)
  })

  it('are started by nobody any more after a stop', async () => {
    const { starts } = keeping([])
    await kept!.stop()
    expect(starts()).toBe(0)
  })
})

it('a service has ended by itself where its pid file names a process that is none of it any more', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'corrente-keep-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const ours = ['kafka', 'registry']
  expect(endedServices(dataDir, ours)).toEqual([])
  // This process is one, but no service of that folder.
  writePidFile(pidPathOf(dataDir, 'kafka'), process.pid, 17_000)
  expect(endedServices(dataDir, ours)).toEqual(['kafka'])
})
