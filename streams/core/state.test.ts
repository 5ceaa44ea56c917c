import { describe, expect, it } from 'vitest'
import { PartitionState } from '#core/state'
import { memoryStore } from '#core/state-store'

const table = 'unit.rows'
const bytes = (text: string) => Buffer.from(text)
const stateOf = (rows: Readonly<Record<string, string>> = {}) => {
  const store = memoryStore()
  store.apply(
    table,
    Object.entries(rows).map(([key, row]) => [key, bytes(row)]),
  )
  return { store, state: new PartitionState(store) }
}
const text = (found: Buffer | undefined) => found && String(found)
const texts = (found: Iterable<readonly [string, Buffer]>) =>
  [...found].map(([key, row]) => `${key}=${String(row)}`)

const commit = (state: PartitionState) => {
  state.begin()
  state.commit()
}

describe('the state of a partition', () => {
  it('shows a unit what its open transaction will commit, and the store nothing of it', () => {
    const { store, state } = stateOf()
    state.put(table, 'a', bytes('1'))
    expect([text(state.get(table, 'a')), store.get(table, 'a')]).toEqual(['1', undefined])
    commit(state)
    expect([text(state.get(table, 'a')), text(store.get(table, 'a'))]).toEqual(['1', '1'])
  })

  it('hides a row that is removed, though the store still has it until the commit', () => {
    const { store, state } = stateOf({ a: '1' })
    state.put(table, 'a', null)
    expect([state.get(table, 'a'), text(store.get(table, 'a'))]).toEqual([undefined, '1'])
    commit(state)
    expect([state.get(table, 'a'), store.get(table, 'a')]).toEqual([undefined, undefined])
  })

  it('commits a change once: what was committed before stays what it is', () => {
    const { store, state } = stateOf()
    state.put(table, 'a', bytes('1'))
    commit(state)
    store.apply(table, [['a', bytes('2')]])
    commit(state)
    expect(text(state.get(table, 'a'))).toBe('2')
  })

  it('shows what is being committed under what the next transaction will commit', () => {
    const { store, state } = stateOf({ a: '1', b: '1' })
    state.put(table, 'a', bytes('2'))
    state.put(table, 'b', null)
    state.begin()
    expect([text(state.get(table, 'a')), state.get(table, 'b')]).toEqual(['2', undefined])
    state.put(table, 'a', bytes('3'))
    state.put(table, 'c', bytes('3'))
    expect(text(state.get(table, 'a'))).toBe('3')
    expect(texts(state.range(table, {}))).toEqual(['a=3', 'c=3'])
    expect(() => state.begin()).toThrow('two transactions')
    state.commit()
    expect(texts(store.range(table, {}))).toEqual(['a=2'])
    commit(state)
    expect(texts(store.range(table, {}))).toEqual(['a=3', 'c=3'])
  })

  it('gives a range in key order, with what the open transaction adds, changes and removes', () => {
    const { state } = stateOf({ a: '1', b: '1', d: '1', e: '1' })
    state.put(table, 'c', bytes('2'))
    state.put(table, 'd', null)
    state.put(table, 'b', bytes('2'))
    expect(texts(state.range(table, { gte: 'b' }))).toEqual(['b=2', 'c=2', 'e=1'])
    const last = state.range(table, { lt: 'e', reverse: true, limit: 2 })
    expect(texts(last)).toEqual(['c=2', 'b=2'])
  })

  it('keeps the tables of a partition apart', () => {
    const { state } = stateOf({ a: '1' })
    state.put('unit.timers', 'a', bytes('timer'))
    expect(text(state.get(table, 'a'))).toBe('1')
    expect(texts(state.range('unit.timers', {}))).toEqual(['a=timer'])
    expect([state.get('other', 'a'), texts(state.range('other', {}))]).toEqual([undefined, []])
  })
})
