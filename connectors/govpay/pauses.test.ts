import { describe, expect, it } from 'vitest'
import { heedPause, notePause } from '#connectors/govpay/pauses'
import { TransientError } from '#core/errors'

describe('a pause that GovPay asked for', () => {
  it('keeps everything from being sent until it is over', async () => {
    notePause('a', '1')
    const asking = () => heedPause('a')
    expect(asking).toThrow(new TransientError('GovPay asked to be left alone for 1 s more'))
    await expect.poll(() => isHeld('a'), { timeout: 3_000, interval: 100 }).toBe(false)
  })

  it('holds for the one who was asked', () => {
    notePause('b', '60')
    expect(isHeld('b')).toBe(true)
    expect(isHeld('c')).toBe(false)
  })

  it('may be told as a date, and is five minutes at most', () => {
    notePause('d', new Date(Date.now() + 60_000).toUTCString())
    expect(() => heedPause('d')).toThrow(/for (59|60) s more/)
    notePause('e', '86400')
    expect(() => heedPause('e')).toThrow('for 300 s more')
  })

  it.each([undefined, '', '0', 'soon', '-5', 'Wed, 21 Oct 2015 07:28:00 GMT'])(
    'is none where it says %j',
    (told) => {
      notePause('f', told)
      expect(isHeld('f')).toBe(false)
    },
  )
})

const isHeld = (key: string): boolean => {
  try {
    heedPause(key)
    return false
  } catch {
    return true
  }
}
