import { describe, expect, it } from 'vitest'
import { memoryStore, PartitionState } from '#core/state'

const text = (_: string, bytes: Buffer) => String(bytes)

describe('the state of a partition', () => {
  it('shows a unit what its open transaction will commit, and the store nothing of it', () => {
    const store = memoryStore()
    const state = new PartitionState(store, text)
    state.put('a', Buffer.from('1'))
    expect([state.get('a'), store.get('a')]).toEqual(['1', undefined])
    state.commit()
    expect([state.get('a'), String(store.get('a'))]).toEqual(['1', '1'])
  })

  it('hides a row that is removed, though the store still has it until the commit', () => {
    const store = memoryStore()
    store.apply(new Map([['a', Buffer.from('1')]]))
    const state = new PartitionState(store, text)
    state.put('a', null)
    expect([state.get('a'), String(store.get('a'))]).toEqual([undefined, '1'])
    state.commit()
    expect([state.get('a'), store.get('a')]).toEqual([undefined, undefined])
  })

  it('commits a change once: what was committed before stays what it is', () => {
    const store = memoryStore()
    const state = new PartitionState(store, text)
    state.put('a', Buffer.from('1'))
    state.commit()
    store.apply(new Map([['a', Buffer.from('2')]]))
    state.commit()
    expect(state.get('a')).toBe('2')
  })
})
