import { describe, expect, it } from 'vitest'
import { GrowingBytes } from '#streams/exports/growing-bytes'

const textOf = ({ bytes }: GrowingBytes) => Buffer.from(bytes).toString('latin1')

describe('growing bytes', () => {
  it('are what was added, in order', () => {
    const growing = new GrowingBytes()
    for (const part of ['one ', '', 'two']) growing.add(Buffer.from(part))
    expect(textOf(growing)).toBe('one two')
  })

  it('lie in the buffer that was given, whatever it held, as long as there is room', () => {
    const given = Buffer.alloc(8, 'x').buffer
    const growing = new GrowingBytes(given)
    growing.add(Buffer.from('12345678'))
    expect(growing.bytes.buffer).toBe(given)
    growing.add(Buffer.from('9'))
    expect(growing.bytes.buffer).not.toBe(given)
    expect(textOf(growing)).toBe('123456789')
  })

  it('have room for a part that is larger than all before it', () => {
    const growing = new GrowingBytes(new ArrayBuffer(2))
    growing.add(Buffer.from('a'))
    growing.add(Buffer.alloc(3_000_000, 'b'))
    expect(growing.bytes).toHaveLength(3_000_001)
  })
})
