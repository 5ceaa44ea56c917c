import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accessList } from '#apps/platform/access/access-list'
import type { Grant } from '#apps/platform/access/grant'
import { analystTopics } from '#apps/platform/access/outside-rights'
import { allTopics, platformPlan } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { edges } from '#apps/platform/edges'
import { neededTopicsOf } from '#core/unit-topics'

const list = accessList(declaredUnits)
const plan = platformPlan(declaredUnits)
const principals = [...new Set(list.map(({ principal }) => principal))]
const of = (principal: string, grants: readonly Grant[] = list) =>
  grants.filter((grant) => grant.principal === principal)
const holders = (operation: string, topic: string) =>
  principals.filter((principal) =>
    of(principal).some(
      (grant) =>
        grant.resource === 'topic' &&
        grant.operation === operation &&
        (grant.isPrefix ? topic.startsWith(grant.name) : [topic, '*'].includes(grant.name)),
    ),
  )
const writersOf = (topic: string) => holders('Write', topic)

describe('the access list', () => {
  it('names a user for each app, and those outside', () => {
    expect(principals).toEqual([
      ...edges.map(({ name }) => name),
      'ingest',
      'operations',
      'ksql-standin',
      'operator',
      'dues-clerk',
      'upstream',
      'foreign-proxy',
      'ksqldb',
      'kafka-ui',
    ])
  })

  it('lets write payments only who does: worker, proxies of others, whoever imports dues', () => {
    expect(writersOf('payments')).toEqual(['worker', 'dues-clerk', 'foreign-proxy'])
  })

  it('lets nobody but a worker write what is decided, its books and its changelogs', () => {
    const decided = ['debits.decisions', 'ledger.entries', 'statements.entries', 'payment.seen']
    const changelogs = plan.filter(({ kind }) => ['changelog', 'engine-state'].includes(kind))
    for (const name of [...decided, ...changelogs.map((topic) => topic.name)]) {
      expect(writersOf(name), name).toEqual(['worker'])
    }
  })

  it('lets write facts of payments the proxy, and operators, who ask for a creation once more', () => {
    expect(writersOf('payment.facts')).toEqual([
      'worker',
      'payment-proxy',
      'operations',
      'operator',
    ])
  })

  it('gives a worker every topic that its units must find, their groups and their transactions', () => {
    const worker = of('worker')
    for (const unit of declaredUnits) {
      for (const name of neededTopicsOf(unit)) {
        expect(worker, `${unit.name} on ${name}`).toContainEqual(
          expect.objectContaining({ resource: 'topic', name }),
        )
      }
      expect(worker).toContainEqual(
        expect.objectContaining({ resource: 'group', name: unit.name, operation: 'Read' }),
      )
      expect(worker).toContainEqual(
        expect.objectContaining({
          resource: 'transactional-id',
          name: `${unit.name}-`,
          isPrefix: true,
        }),
      )
    }
  })

  it('gives nobody but ksqlDB everything on anything, and writing never by a wildcard', () => {
    const wide = list.filter(({ operation }) => operation === 'All')
    expect(new Set(wide.map(({ principal }) => principal))).toEqual(new Set(['ksqldb']))
    const wild = list.filter(({ name }) => name === '*')
    expect(new Set(wild.map(({ operation }) => operation))).toEqual(
      new Set(['Read', 'DescribeConfigs', 'Describe']),
    )
    expect(new Set(wild.map(({ principal }) => principal))).toEqual(new Set(['kafka-ui']))
  })

  it('has a reader and a writer for every topic we declare', () => {
    for (const { name } of allTopics) {
      expect(writersOf(name), name).not.toEqual([])
      expect(holders('Read', name), name).not.toEqual([])
    }
  })

  it('shows analysts the topics of the views, and no others of ours', () => {
    const named = readdirSync('ksql').map(
      (view) =>
        /KAFKA_TOPIC = '([^']+)'/.exec(readFileSync(`ksql/${view}/statements.sql`, 'utf8'))![1],
    )
    expect([...analystTopics].sort()).toEqual(named.sort())
    const read = allTopics.filter(({ name }) => holders('Read', name).includes('ksqldb'))
    expect(read.map(({ name }) => name).sort()).toEqual([...analystTopics].sort())
  })

  it('says nothing twice', () => {
    expect(new Set(list.map((grant) => JSON.stringify(grant))).size).toBe(list.length)
  })

  it('gives units that are named to a worker of their own, and takes them from the other', () => {
    const workers = [{ principal: 'debits-worker', units: ['debit-authoriser'] }]
    const parted = accessList(declaredUnits, { workers })
    const groupsOf = (principal: string) =>
      of(principal, parted)
        .filter(({ resource, operation }) => resource === 'group' && operation === 'Read')
        .map(({ name }) => name)
    expect(groupsOf('debits-worker')).toEqual(['debit-authoriser'])
    expect(groupsOf('worker')).not.toContain('debit-authoriser')
    expect(groupsOf('worker')).toHaveLength(declaredUnits.length - 1)
  })

  it('opens to ingest the topics it is told of', () => {
    const opened = accessList(declaredUnits, { ingestTopics: ['users'] })
    expect(of('ingest', opened).filter(({ operation }) => operation === 'Write')).toEqual([
      {
        principal: 'ingest',
        resource: 'topic',
        name: 'users',
        isPrefix: false,
        operation: 'Write',
      },
    ])
  })
})
