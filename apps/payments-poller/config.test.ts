import { describe, expect, it } from 'vitest'
import { pollerSettings } from '#apps/payments-poller/config'

const POLLER_HOSTS = '127.0.0.1'

describe('payments poller settings', () => {
  it('has defaults for all but the hosts it may call', () => {
    expect(pollerSettings({ POLLER_HOSTS: '127.0.0.1, *.backplane.example:8080' })).toEqual({
      port: 8005,
      host: '127.0.0.1',
      allowedHosts: ['127.0.0.1', '*.backplane.example:8080'],
      loopMs: 5_000,
      latenessMsMax: 60_000,
      plan: {
        concurrency: 128,
        perConnector: { concurrency: 16, callsPerSecond: 50 },
        jitterMs: 5_000,
      },
      replicas: 1,
      slot: 0,
    })
  })

  it('takes the older name, and the newer one before it', () => {
    const older = { POLLER_HOSTS, LOOP_TIME: '90' }
    expect(pollerSettings(older)).toMatchObject({
      loopMs: 90_000,
      latenessMsMax: 145_000,
    })
    const newer = { POLLER_LOOP_SECONDS: '2' }
    expect(pollerSettings({ ...older, ...newer })).toMatchObject({
      loopMs: 2_000,
    })
  })

  it('knows its share by its slot, or by the number of its pod', () => {
    const three = { POLLER_HOSTS, POLLER_REPLICAS: '3' }
    expect(pollerSettings({ ...three, CORRENTE_SLOT: '2' }).slot).toBe(2)
    const pod = { KUBERNETES_SERVICE_HOST: '10.0.0.1', HOSTNAME: 'payments-poller-1' }
    expect(pollerSettings({ ...three, ...pod }).slot).toBe(1)
  })

  it.each([
    [{}, 'POLLER_HOSTS is not set'],
    [{ POLLER_HOSTS: 'http://pay.example' }, 'POLLER_HOSTS'],
    [{ POLLER_HOSTS: '*' }, 'POLLER_HOSTS'],
    [{ POLLER_HOSTS, LOOP_TIME: 'often' }, 'POLLER_LOOP_SECONDS: is no number of seconds'],
    [{ POLLER_HOSTS, LOOP_TIME: '0' }, 'POLLER_LOOP_SECONDS: '],
    [{ POLLER_HOSTS, POLLER_REPLICAS: '3' }, 'set CORRENTE_SLOT of each to a number'],
    [{ POLLER_HOSTS, POLLER_REPLICAS: '3', CORRENTE_SLOT: '3' }, 'from 0 to 2'],
    [{ POLLER_HOSTS, POLLER_REPLICAS: '3', CORRENTE_SLOT: 'a' }, 'CORRENTE_SLOT: is no number'],
  ])('names what is wrong in %j', (env, sentence) => {
    expect(() => pollerSettings(env)).toThrow(sentence)
  })
})
