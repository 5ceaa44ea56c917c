import { describe, expect, it } from 'vitest'
import {
  durabilityFindings,
  type KeptTopic,
  sharedFindings,
} from '#apps/corrente/doctor/production/durability'
import type { PlannedTopic } from '#core/topic-plan'

const kept = (name: string, changed: Partial<KeptTopic> = {}, more: [string, string][] = []) => ({
  name,
  copies: 3,
  inSync: 3,
  ...changed,
  settings: new Map([['min.insync.replicas', '2'], ...more]),
})
const told = (topics: readonly KeptTopic[]) =>
  durabilityFindings(topics).map(({ level, sentence }) => `${level}: ${sentence}`)

describe('whether topics outlive a broker', () => {
  it('is well with three copies, two of which have each record', () => {
    expect(told([kept('payments'), kept('payment.facts')])).toEqual([
      'ok: all 2 topics outlive the loss of a broker',
    ])
    expect(told([])).toEqual([])
  })

  it.each([
    [kept('payments', { copies: 1, inSync: 1 }), /^warning: payments has fewer than 3 copies/],
    [
      kept('payments', {}, [['min.insync.replicas', '1']]),
      /^warning: min\.insync\.replicas of pay/,
    ],
    [kept('payments', {}, [['min.insync.replicas', '3']]), /^advice: min\.insync\.replicas of pay/],
    [kept('payments', { inSync: 1 }), /^problem: payments has too few brokers in sync/],
    [
      kept('payments', {}, [['unclean.leader.election.enable', 'true']]),
      /^warning: unclean\.leader\.election/,
    ],
  ])('%# is a sentence', (topic, sentence) => {
    expect(told([topic, kept('users')])).toEqual([expect.stringMatching(sentence)])
  })

  it('names three of many', () => {
    const single = ['a', 'b', 'c', 'd', 'e'].map((name) => kept(name, { copies: 1, inSync: 1 }))
    expect(told(single)[0]).toMatch(/^warning: a, b, c and 2 more topics have fewer/)
  })
})

describe('what is said of topics of an outside contract', () => {
  const config = {
    'cleanup.policy': 'delete',
    'retention.ms': '-1',
    'max.message.bytes': '1097152',
    'message.timestamp.type': 'LogAppendTime',
  }
  const plan: PlannedTopic[] = [{ name: 'payments', kind: 'shared', partitions: 6, config }]
  const of = (changed: Record<string, string>) => {
    const settings = Object.entries({ ...config, ...changed })
    return sharedFindings(plan, [kept('payments', {}, settings)]).map(
      ({ level, sentence }) => `${level}: ${sentence}`,
    )
  }

  it('is nothing where they keep everything', () => {
    expect(of({})).toEqual([])
    expect(sharedFindings(plan, [])).toEqual([])
  })

  it.each([
    [{ 'cleanup.policy': 'compact' }, /^problem: payments: cleanup\.policy is compact/],
    [{ 'retention.ms': '604800000' }, /^warning: payments: retention\.ms is 604800000/],
    [{ 'max.message.bytes': '1000' }, /^warning: payments: max\.message\.bytes is 1000/],
    [{ 'message.timestamp.type': 'CreateTime' }, /^advice: payments: message\.timestamp\.type/],
  ])('%j is a sentence', (changed, sentence) => {
    expect(of(changed as Record<string, string>)).toEqual([expect.stringMatching(sentence)])
  })
})
