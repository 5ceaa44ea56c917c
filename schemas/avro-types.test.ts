import avsc from 'avsc'
import { expect, it } from 'vitest'
import { avroOptions, avroTypeOf } from '#schemas/avro-types'

const decimal = { type: 'bytes', logicalType: 'decimal', precision: 12, scale: 2 }

it('holds decimals as cents, in unions too', () => {
  for (const cents of [0, 1, -1, 4250, 999_999_999_999]) {
    const type = avroTypeOf(['null', decimal])
    expect(type.fromBuffer(type.toBuffer(cents))).toBe(cents)
    expect(type.fromBuffer(type.toBuffer(null))).toBeNull()
  }
})

it('reads no decimals of other digits as cents, nor mere bytes', () => {
  const resolve = (writer: object) => () => avroTypeOf(decimal).createResolver(avroTypeOf(writer))
  expect(resolve({ ...decimal, corrente: 'cents' })).not.toThrow()
  expect(resolve({ ...decimal, precision: 10 })).not.toThrow()
  expect(resolve({ ...decimal, scale: 3 })).toThrow('cannot read')
  expect(resolve({ ...decimal, precision: 20 })).toThrow('cannot read')
  expect(resolve({ type: 'bytes' })).toThrow('cannot read')
})

it('refuses counts that the bytes left cannot hold, and reads blocks with sizes', () => {
  const list = avroTypeOf({ type: 'array', items: 'string' })
  expect(() => void list.fromBuffer(Buffer.from('feffffffffffff1f', 'hex'))).toThrow('do not fit')
  expect(list.fromBuffer(Buffer.from('03080261026200', 'hex'))).toEqual(['a', 'b'])
})

it('leaves unions it need not read alone', () => {
  const odd = avsc.Type.forSchema(['null', 'int', 'double'], { ...avroOptions })
  expect(odd.fromBuffer(Buffer.from([2, 2]))).toEqual({ int: 1 })
})
