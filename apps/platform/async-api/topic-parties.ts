import type { Party } from '#apps/platform/async-api/topic-catalog'

interface Parties {
  readonly writers?: readonly Party[]
  readonly readers?: readonly Party[]
}

const writes = (kind: Party['kind'], ...names: readonly string[]): readonly Party[] =>
  names.map((name) => ({ name, kind, how: 'output' }))
const reads = (kind: Party['kind'], ...names: readonly string[]): readonly Party[] =>
  names.map((name) => ({ name, kind, how: 'input' }))

const upstream = [...writes('outside', 'upstream'), ...writes('app', 'ingest')]

/**
 * Who touches topics besides the units and the apps that declare theirs, by topic: parties outside, ingest, whose topics
 * are a setting, and the command line.
 */
export const topicParties: Readonly<Record<string, Parties>> = {
  applications: { writers: upstream },
  users: { writers: upstream },
  payments: {
    writers: [...writes('outside', 'proxies of others'), ...writes('app', 'corrente')],
    readers: reads('outside', 'the Core', 'proxies of others'),
  },
  notifications: { writers: writes('app', 'corrente') },
  'payment.facts': { writers: writes('app', 'corrente') },
  'payments.current': { readers: reads('outside', 'ksqlDB') },
  'payments.open': { readers: reads('outside', 'ksqlDB') },
  'payments.by-service-day': { readers: reads('outside', 'ksqlDB') },
  'payment.anomalies': { readers: reads('app', 'operations') },
  'payment.exchanges': { readers: reads('app', 'operations', 'corrente') },
  'notifications.deliveries': { readers: reads('app', 'corrente') },
  'corrente.redrives': {
    writers: writes('app', 'operations', 'corrente'),
    readers: reads('app', 'operations', 'corrente'),
  },
  'corrente.operations': {
    writers: writes('app', 'operations', 'corrente'),
    readers: reads('app', 'operations', 'corrente'),
  },
  'corrente.units': { writers: writes('app', 'worker'), readers: reads('app', 'worker') },
}
