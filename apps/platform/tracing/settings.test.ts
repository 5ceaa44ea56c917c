import { describe, expect, it } from 'vitest'
import { tracingSettings } from '#apps/platform/tracing/settings'

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' }

describe('tracingSettings', () => {
  it.each([
    ['nothing says where spans go', {}],
    ['what says so is empty', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }],
    ['only other things are said', { OTEL_SERVICE_NAME: 'a', OTEL_TRACES_SAMPLER: 'always_on' }],
    ['OpenTelemetry is disabled', { ...endpoint, OTEL_SDK_DISABLED: 'TRUE' }],
  ])('are off where %s', (_, env) => {
    expect(tracingSettings(env)).toBeUndefined()
  })

  it('record one trace in twenty where only an endpoint is named', () => {
    expect(tracingSettings(endpoint)).toEqual({
      url: 'http://collector:4318/v1/traces',
      protocol: 'http/protobuf',
      headers: {},
      timeoutMs: 10_000,
      serviceName: undefined,
      sampler: 'parentbased_traceidratio',
      ratio: 0.01,
      queueMax: 2_048,
      batchMax: 512,
      delayMs: 5_000,
      logLevel: 'info',
    })
  })

  it('take the standard names', () => {
    const env = {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/otlp',
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20abc=, x-tenant = corrente',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_SERVICE_NAME: 'payments',
      OTEL_TRACES_SAMPLER: 'always_on',
      OTEL_BSP_MAX_QUEUE_SIZE: '100',
    }
    expect(tracingSettings(env)).toMatchObject({
      url: 'https://traces.example/otlp',
      headers: { authorization: 'Basic abc=', 'x-tenant': 'corrente' },
      protocol: 'http/json',
      serviceName: 'payments',
      sampler: 'always_on',
      queueMax: 100,
      batchMax: 100,
    })
  })

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_TRACES_SAMPLER', 'jaeger_remote'],
    ['OTEL_TRACES_SAMPLER_ARG', '5'],
    ['OTEL_BSP_MAX_QUEUE_SIZE', '-1'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'secret'],
  ])('say that %s is wrong', (name, value) => {
    expect(() => tracingSettings({ ...endpoint, [name]: value })).toThrow(name)
  })

  it('show nothing of headers that are wrong: they may be a secret', () => {
    const env = { ...endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'Bearer s3cret' }
    expect(() => tracingSettings(env)).toThrow(/^(?!.*s3cret)/)
  })
})
