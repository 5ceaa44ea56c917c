import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  findSupervisor,
  forgetSupervisor,
  noteReady,
  supervise,
  supervisorReady,
} from '#apps/corrente/supervisor-file'
import { pidPathOf, writePidFile } from '#compose/embedded/pid-file'

let dataDir = ''
const wanted = new AbortController().signal
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'supervisor-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

describe('of several starts for one folder', () => {
  it('one supervises, also when they begin in the same instant', async () => {
    const all = await Promise.all([1, 2, 3].map(() => supervise(dataDir, 17_000)))
    expect(all.filter(({ isOwn }) => isOwn)).toEqual([{ isOwn: true, isAfterKill: false }])
    expect(all.filter(({ isOwn }) => !isOwn)).toEqual([
      { isOwn: false, pid: process.pid },
      { isOwn: false, pid: process.pid },
    ])
  })

  it('the others wait until it is ready', async () => {
    await supervise(dataDir, 17_000)
    let isReady = false
    const ready = supervisorReady(dataDir, process.pid, wanted).then(() => (isReady = true))
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect(isReady).toBe(false)
    noteReady(dataDir, 17_000)
    await ready
  })

  it('the others do not wait for one that is gone, nor after an abort', async () => {
    await supervise(dataDir, 17_000)
    const ready = supervisorReady(dataDir, process.pid, wanted)
    forgetSupervisor(dataDir)
    await expect(ready).rejects.toThrow(`(pid ${process.pid}) ended before it was ready`)
    await supervise(dataDir, 17_000)
    const aborted = supervisorReady(dataDir, process.pid, AbortSignal.timeout(50))
    await expect(aborted).rejects.toThrow('aborted')
  })

  it('the next takes over from one that was killed, whatever that had ready', async () => {
    const killed = spawn('sleep', ['30'])
    for (const name of ['start', 'start-ready']) {
      writePidFile(pidPathOf(dataDir, name), killed.pid!, 17_000)
    }
    expect(await supervise(dataDir, 17_000)).toEqual({ isOwn: false, pid: killed.pid })
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    expect(findSupervisor(dataDir)).toBeUndefined()
    expect(await supervise(dataDir, 17_000)).toEqual({ isOwn: true, isAfterKill: true })
  })
})
