import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeSlot } from '#apps/worker/slots'

let directory: string
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'slots-')), 'slots')
})
afterEach(() => rmSync(join(directory, '..'), { recursive: true }))

const take = () => takeSlot({ given: undefined, directory })

/** A slot whose holder is gone, though another program runs under its pid today. */
const leftBehind = (slot: number) => {
  const holder = { pid: process.pid, startIdentity: 'an earlier boot:1', ticket: 1 }
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, `${slot}.lock`), JSON.stringify(holder))
}

describe('takeSlot', () => {
  it('takes the slot it is given', async () => {
    expect((await takeSlot({ given: '7', directory })).name).toBe('7')
    expect(() => readdirSync(directory)).toThrow('ENOENT')
  })

  it('takes the lowest that is free', async () => {
    expect((await take()).name).toBe('0')
    const one = await take()
    expect(one.name).toBe('1')
    expect((await take()).name).toBe('2')
    await one.release()
    expect((await take()).name).toBe('1')
  })

  it('takes over the slot of a process that was killed, though its pid lives again', async () => {
    leftBehind(0)
    expect((await take()).name).toBe('0')
  })

  it('gives each of many starters a slot of its own, where all find one left behind', async () => {
    leftBehind(0)
    const names = (await Promise.all(Array.from({ length: 6 }, take))).map(({ name }) => name)
    expect(new Set(names).size).toBe(6)
  })

  it('gives the slot back', async () => {
    const slot = await take()
    await slot.release()
    expect(readdirSync(directory)).toEqual([])
  })
})
