import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { spawnApp } from '#apps/corrente/app-process'
import { demoService, demoTenant } from '#apps/corrente/demo-application'
import { addressesOf, demoApps } from '#apps/corrente/demo-apps'
import { secretsOf } from '#apps/corrente/secrets'
import { accessList } from '#apps/platform/access/access-list'
import { applyAccess } from '#apps/platform/access/apply-access'
import { withAdmin } from '#apps/platform/admin'
import { platformPlan } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { applyTopics } from '#apps/platform/topics'
import { readWitnesses } from '#apps/platform/witnesses'
import { connect, disconnect, type KafkaSettings, newProducer } from '#core/kafka'
import { openOffsetSource } from '#core/offset-source'
import { type GuardedBroker, startGuardedBroker } from '#tests/guarded-broker'
import { newApplication } from '#tests/upstream'

const slice = ['payment-dispatcher', 'payment-intake', 'payment-index']
const principals = ['worker', 'ingest', 'operator', 'payment-proxy', 'ksql-standin', 'upstream']
const units = declaredUnits.filter(({ name }) => slice.includes(name))
let broker: GuardedBroker
beforeAll(async () => {
  broker = await startGuardedBroker(principals)
  await withAdmin(broker.admin, (admin) => applyAccess(admin, accessList(units)))
})
afterAll(() => broker.stop())

/** Keys of what is committed on a topic, as this user reads it. */
async function keysOn(topic: string, principal: string): Promise<readonly string[]> {
  const kafka = broker.settingsOf(principal)
  const offsets = await openOffsetSource(kafka)
  try {
    return (await readWitnesses({ kafka, offsets }, topic)).rows.map(({ key }) => key)
  } finally {
    await offsets.close()
  }
}

/** What Kafka says to a record that this user writes. */
async function writing(kafka: KafkaSettings, topic: string): Promise<string> {
  const producer = newProducer(kafka)
  const answer = new Promise<string>((resolve) => {
    producer.on('delivery-report', (error) => resolve(error?.message ?? 'taken'))
  })
  await connect(producer, kafka, topic)
  try {
    producer.setPollInterval(20)
    producer.produce(topic, null, Buffer.from('{}'), 'key')
    return await answer
  } catch (error) {
    return (error as Error).message
  } finally {
    await disconnect(producer)
  }
}

describe('a broker that knows the access list and nothing else', () => {
  it('lets the operator make the topics, and ingest and a worker make a payment of an application', async () => {
    const operator = broker.settingsOf('operator')
    await applyTopics(operator, platformPlan(units))
    const { portBase, dataDir } = broker
    const apps = demoApps({
      dataDir,
      portBase,
      platform: { ...process.env, CORRENTE_WIRE: 'json' },
    })
    const [worker, ingest] = ['worker', 'ingest'].map((name) => {
      const spec = apps.own.find((one) => one.name === name)!
      const env = { ...spec.env, ...broker.environmentOf(name), INGEST_TOPICS: 'applications' }
      const args = name === 'worker' ? [...spec.args, '--only', slice.join(',')] : spec.args
      return spawnApp({ ...spec, env, args }, dataDir)
    })
    try {
      await Promise.all([worker!.ready(), ingest!.ready()])
      const addresses = addressesOf(portBase)
      const body = { tenant_id: demoTenant, service_id: demoService, amount: '42.50' }
      const answer = await fetch(`${addresses.ingest}/applications`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${secretsOf(dataDir).ingestToken}`,
        },
        body: JSON.stringify(newApplication({ coreUrl: addresses.core, ...body })),
      })
      expect(answer.status).toBe(202)
      await expect
        .poll(() => keysOn('payments.current', 'operator'), { timeout: 20_000, interval: 200 })
        .toHaveLength(1)
    } finally {
      await Promise.all([worker!.drain(), ingest!.drain()])
    }
  })

  it('refuses a payment that the payment proxy or the Core writes, and takes one of the facts of the proxy', async () => {
    const [proxy, core] = [broker.settingsOf('payment-proxy'), broker.settingsOf('upstream')]
    expect(await writing(proxy, 'payments')).toMatch(/authorization failed/i)
    expect(await writing(core, 'payments')).toMatch(/authorization failed/i)
    expect(await writing(proxy, 'payment.facts')).toBe('taken')
  })

  it('shows analysts the views and neither facts nor changelogs', async () => {
    expect(await keysOn('payments.current', 'ksql-standin')).toHaveLength(1)
    await expect(keysOn('payment.facts', 'ksql-standin')).rejects.toThrow()
  })
})
