import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { demoIntermediaries, demoIntermediaryOf } from '#apps/corrente/demo-intermediaries'
import { intermediaries } from '#connectors/index'

const dataDir = mkdtempSync(join(tmpdir(), 'demo-intermediaries-'))
afterAll(() => rmSync(dataDir, { recursive: true }))

it.each(demoIntermediaries)('$name takes what the demonstration types into its forms', (demo) => {
  const { forms } = intermediaries.find(({ name }) => name === demo.name)!
  const { tenant, service } = demo.forms({ dataDir, portBase: 17_000 })
  expect(forms.tenant?.safeParse(tenant).error).toBeUndefined()
  expect(forms.service?.safeParse(service).error).toBeUndefined()
})

it('each has a digital service of its own', () => {
  const services = demoIntermediaries.map(({ service_id }) => service_id)
  expect(new Set(services).size).toBe(services.length)
})

it('one that is not there is named, with those that are', () => {
  expect(demoIntermediaryOf().name).toBe('examplepay')
  const asking = () => demoIntermediaryOf('nopay')
  expect(asking).toThrow('--intermediary nopay: it is one of examplepay, external-page, govpay, ')
})
