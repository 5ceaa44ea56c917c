import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { copy, has, openExample, place, put } from '#core/example-store'
import { UnitStoppedError } from '#core/first-start'
import { StoreTakenError } from '#core/state-database'
import { stateFailure } from '#core/state-failure'
import { StoreCorruptError } from '#core/state-file'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'corrente-store-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

describe('a failure of a store', () => {
  const failed = (code: unknown) =>
    stateFailure('keeper', '/state', Object.assign(new Error('so'), { code }))

  it.each([28, 122, 5, -30_792, 'ENOSPC', 'EROFS'])(
    'stops the unit where the disk is at fault (%s)',
    (code) => {
      expect(failed(code)).toMatchObject({
        isBroken: false,
        error: expect.any(UnitStoppedError) as Error,
      })
    },
  )

  it.each([-30_796, -30_797, undefined])(
    'has the rows built anew where the file is (%s)',
    (code) => {
      const { error, isBroken } = failed(code)
      expect([isBroken, error instanceof UnitStoppedError]).toEqual([true, false])
      expect(error.message).toBe('the state of keeper in /state cannot be read: so')
      expect(stateFailure('keeper', '/state', new StoreCorruptError('cut off')).isBroken).toBe(true)
    },
  )

  it("leaves the rows alone where they are another process's", () => {
    const taken = new StoreTakenError('taken')
    expect(stateFailure('keeper', '/state', taken)).toEqual({ error: taken, isBroken: false })
  })
})

describe('a store that has no room', () => {
  it('stops its unit where it takes more than it may', async () => {
    const store = await openExample(directory, { bytesMax: 200_000 })
    for (let n = 0; n < 1_000; n++) put(store, String(n), 'x'.repeat(400))
    await expect(store.checkpoint([])).rejects.toThrow(UnitStoppedError)
    expect(store.failure?.message).toMatch(
      /keeper takes \d+ bytes and may take 200000: raise CORRENTE_STATE_BYTES_MAX/,
    )
    await store.close(false)
  })

  const canMount = process.platform === 'linux' && process.getuid?.() === 0
  if (!canMount)
    process.stderr.write('a full disk is not tried: mounting one needs root on Linux\n')
  it.runIf(canMount)(
    'stops its unit where the disk is full, and goes on from what it had',
    async () => {
      vi.spyOn(console, 'error').mockImplementation(() => undefined)
      const small = join(directory, 'small')
      mkdirSync(small)
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small])
      try {
        const store = await openExample(small)
        put(store, 'a')
        await store.checkpoint([{ ...place, ...copy }])
        for (let n = 0; n < 5_000; n++) put(store, String(n), 'x'.repeat(400))
        await expect(store.checkpoint([{ ...place, ...copy, position: 9 }])).rejects.toThrow(
          UnitStoppedError,
        )
        expect(store.failure?.message).toContain('the state of keeper cannot be written in')
        await expect(store.checkpoint([])).rejects.toThrow('make room on its disk')
        await store.close(true)
        execFileSync('mount', ['-o', 'remount,size=64m', small])
        const again = await openExample(small)
        expect([has(again, 'a'), again.copyOf(place)]).toEqual([true, copy])
        await again.close(false)
      } finally {
        execFileSync('umount', [small])
      }
    },
  )
})
