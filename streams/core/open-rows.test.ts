import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { tenantOf, wrote } from '#core/example-rows'
import { jsonWire, tenants } from '#core/example-unit'
import { openRows } from '#core/open-rows'
import { heldBytes } from '#tests/held-memory'

let home: string
let directory: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'corrente-rows-'))
  directory = join(home, 'lookups')
})
afterEach(() => rmSync(home, { recursive: true }))

const open = (given = {}) => openRows({ ...tenants, ...given }, { wire: jsonWire, directory })
/** A configuration of so many bytes. */
const configOf = (bytes: number) => JSON.stringify({ text: 'c'.repeat(bytes) })
const isLinux = process.platform === 'linux'

describe('rows on the disk', () => {
  it("lie in files without a name, in a folder that is its owner's alone", async () => {
    const rows = open()
    await rows.apply([wrote(tenantOf('a', 'x'))])
    expect(readdirSync(directory)).toEqual([])
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    expect(rows.get('a')?.value['id']).toBe('a')
    await rows.close()
  })

  it.runIf(isLinux)('leave nothing behind when they are closed', async () => {
    const filesOpen = () =>
      readdirSync('/proc/self/fd').flatMap((fd) => {
        try {
          const file = readlinkSync(`/proc/self/fd/${fd}`)
          return file.startsWith(directory) ? [file] : []
        } catch {
          // The one this list was read through.
          return []
        }
      })
    const rows = open()
    await rows.apply([wrote(tenantOf('a', 'x'))])
    expect(filesOpen().length).toBeGreaterThan(0)
    await rows.close()
    expect(filesOpen()).toEqual([])
  })

  it('are begun empty each time, beside those that are open', async () => {
    const first = open()
    await first.apply([wrote(tenantOf('a', 'x'))])
    const second = open()
    expect([second.get('a'), second.where('connector', 'x')]).toEqual([undefined, []])
    await second.apply([wrote(tenantOf('b', 'x'))])
    await first.close()
    expect(second.where('connector', 'x')).toHaveLength(1)
    await second.close()
  })

  it('are not there where their topic says that they are few', async () => {
    const rows = open({ hasFewRows: true })
    await rows.apply([wrote(tenantOf('a', 'x'))])
    expect([existsSync(directory), rows.get('a')?.value['id']]).toEqual([false, 'a'])
    await rows.close()
  })

  it('are not read once they are closed', async () => {
    const rows = open()
    await rows.close()
    expect(() => rows.get('a')).toThrow('the rows of tenants are closed')
    expect(() => rows.where('connector', 'x')).toThrow('the rows of tenants are closed')
    await expect(rows.apply([])).rejects.toThrow('the rows of tenants are closed')
  })

  it('do not take room in the heap, however many they are', async () => {
    const rows = open()
    const apply = (batch: number) =>
      rows.apply(
        Array.from({ length: 1_000 }, (_, n) =>
          wrote(tenantOf(`${batch}/${n}`, 'x', configOf(2_000))),
        ),
      )
    await apply(0)
    const before = heldBytes()
    for (let batch = 1; batch <= 20; batch++) await apply(batch)
    // 40 MB of rows; what was handed to the library is let go of a moment later.
    await expect.poll(() => heldBytes() - before).toBeLessThan(8_000_000)
    expect(rows.get('20/999')?.value['id']).toBe('20/999')
    await rows.close()
  })
})

describe('rows that cannot be kept', () => {
  it('say where, when their folder cannot be made', () => {
    writeFileSync(directory, 'a file')
    expect(() => open()).toThrow(`the rows of tenants cannot be kept in ${directory}: `)
  })

  const canMount = isLinux && process.getuid?.() === 0
  if (!canMount)
    process.stderr.write('a full disk is not tried: mounting one needs root on Linux\n')
  it.runIf(canMount)('say what to do where the disk is full, and are those of before', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    mkdirSync(directory)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory])
    const rows = open()
    try {
      await rows.apply([wrote(tenantOf('a', 'x'))])
      const many = Array.from({ length: 5_000 }, (_, n) =>
        wrote(tenantOf(`id-${n}`, 'x', configOf(400))),
      )
      await expect(rows.apply(many)).rejects.toThrow(
        /^the rows of tenants cannot be kept in .*; make room on its disk, or give another one by CORRENTE_HOME$/,
      )
      expect(rows.where('connector', 'x')).toHaveLength(1)
    } finally {
      await rows.close()
      execFileSync('umount', [directory])
    }
  })
})
