import { expect, it } from 'vitest'
import { interleaved } from '#tests/bench/engine/scenario'

it('sides run one after the other, in turn forwards and backwards', async () => {
  const order: string[] = []
  const side = (name: string) => async () => {
    order.push(`${name} begins`)
    await Promise.resolve()
    order.push(`${name} ends`)
    return name
  }
  const work = { ours: side('ours'), rival: side('rival') }
  expect(await interleaved(0, work)).toEqual({ ours: 'ours', rival: 'rival' })
  await interleaved(1, work)
  expect(order.map((text) => text.replace(/(\w+) (\w)\w+/, '$1 $2'))).toEqual(
    ['ours b', 'ours e', 'rival b', 'rival e'].concat(['rival b', 'rival e', 'ours b', 'ours e']),
  )
})
