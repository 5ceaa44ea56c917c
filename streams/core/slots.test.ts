import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeSlot } from '#core/slots'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'slots-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

describe('takeSlot', () => {
  it('takes the slot it is given', async () => {
    expect((await takeSlot({ given: '7', directory })).name).toBe('7')
    expect(readdirSync(directory)).toEqual([])
  })

  it('takes the lowest that is free, and leaves one that a living process holds', async () => {
    const holder = spawn('sleep', ['30'])
    try {
      writeFileSync(join(directory, '0.lock'), String(holder.pid))
      expect((await takeSlot({ given: undefined, directory })).name).toBe('1')
    } finally {
      holder.kill('SIGKILL')
    }
  })

  it('takes over the slot of a process that was killed', async () => {
    const gone = spawn('true')
    await new Promise((resolve) => gone.on('exit', resolve))
    writeFileSync(join(directory, '0.lock'), String(gone.pid))
    expect((await takeSlot({ given: undefined, directory })).name).toBe('0')
  })

  it('gives the slot back', async () => {
    const slot = await takeSlot({ given: undefined, directory })
    slot.release()
    expect(readdirSync(directory)).toEqual([])
  })
})
