import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { demoService, demoTenant } from '#apps/corrente/demo-application'
import { addressesOf } from '#apps/corrente/demo-apps'
import { type PythonPackages, pythonPackages } from '#tests/foreign-program/python-packages'

const run = promisify(execFile)
const program = fileURLToPath(new URL('publish_and_read.py', import.meta.url))
const report = (line: string) => process.stderr.write(`${line}\n`)

describe('a program that is not ours', () => {
  const stack = inject('stack')
  let packages: PythonPackages
  beforeAll(async () => {
    packages = await pythonPackages()
    if ('missing' in packages) report(`the foreign program is skipped: ${packages.missing}`)
  }, 180_000)

  it("asks for a payment and reads it with Confluent's own client", async (ctx) => {
    if ('missing' in packages) return ctx.skip(packages.missing)
    const { stdout } = await run(packages.python, [program], {
      timeout: 50_000,
      env: {
        ...process.env,
        PYTHONPATH: packages.folder,
        KAFKA_BROKERS: stack.brokers,
        SCHEMA_REGISTRY_URL: stack.registryUrl,
        TENANT_ID: demoTenant,
        SERVICE_ID: demoService,
        CORE_URL: addressesOf(stack.portBase).core,
      },
    })

    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'CREATION_PENDING',
      amount: '42.50',
      amount_type: 'Decimal',
      currency: 'EUR',
      app_id: expect.stringMatching(/^payment-dispatcher:/) as string,
    })
    // Nothing of the citizen is printed.
    expect(stdout).not.toMatch(/Prova|Luca|PRVLCU/)
  })
})
