import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { AppSpec } from '#apps/corrente/app-process'
import { type ChildApp, runChild } from '#apps/corrente/child-app'
import { addressesOf, demoApps } from '#apps/corrente/demo-apps'
import { seedDemo } from '#apps/corrente/demo-intermediaries'
import { openViews } from '#apps/corrente/open-views'
import { cardKeyOf, configKeysOf } from '#apps/corrente/secrets'
import { keepOperators } from '#apps/corrente/own-operators'
import { accessList } from '#apps/platform/access/access-list'
import { applyAccess } from '#apps/platform/access/apply-access'
import { withAdmin } from '#apps/platform/admin'
import { applyContracts } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { platformSettings } from '#apps/platform/settings'
import { startPostgres } from '#compose/embedded/postgres'
import { startStack } from '#compose/embedded/stack'
import { freePortBase } from '#tests/free-ports'
import { doorOf, guarded } from '#tests/guarded-broker'
import { platformOf } from '#tests/stack'

const report = (line: string) => process.stderr.write(`${line}\n`)

/**
 * One stack for all tests of a group whose broker knows the access list and nothing else, and the platform running on it,
 * each app as the user of its name: what a test finds missing, the list lacks. The tests come by the administrator's door.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'corrente-guarded-'))
  // Postgres runs as a user of its own, and has to get to its data.
  chmodSync(home, 0o711)
  const portBase = await freePortBase()
  const dataDir = join(home, `stack-${portBase}`)
  const secret = randomUUID()
  const grants = accessList(declaredUnits, { ingestTopics: ['applications', 'users'] })
  const more = guarded(portBase, [...new Set(grants.map(({ principal }) => principal))], secret)
  const place = { dataDir, portBase, report, profile: 'test' } as const
  const running: ChildApp[] = []
  const { brokers, registryUrl, stop } = await startStack({ ...place, more })
  const stops = [stop]
  const end = async () => {
    await Promise.all(running.map((app) => app.stop()))
    await Promise.all(stops.map((stopPart) => stopPart()))
    rmSync(home, { recursive: true, force: true })
  }
  try {
    const stack = { portBase, dataDir, brokers, registryUrl }
    await withAdmin({ brokers }, (admin) => applyAccess(admin, grants))
    const asUser = (name: string) => doorOf(portBase, name, secret).environment
    // Tests start one of their own on the ports of the stack.
    const apart = { ...place, portBase: await freePortBase(), dataDir: join(home, 'postgres') }
    const { url: DATABASE_URL, stop: stopPostgres } = await startPostgres(apart)
    stops.push(stopPostgres)
    const mails = { CORRENTE_PAYMENT_MAILS: 'on' }
    const platform = { ...process.env, ...platformOf(stack), ...mails, DATABASE_URL }
    await applyContracts(platformSettings({ ...platform, ...asUser('operator') }), declaredUnits)
    configKeysOf(dataDir)
    cardKeyOf(dataDir)
    await keepOperators(dataDir)
    const { sandbox, own } = demoApps({ dataDir, portBase, platform })
    const start = async (spec: AppSpec) => {
      const env = { ...spec.env, ...asUser(spec.name) }
      running.push(await runChild({ ...spec, env }, { logs: join(dataDir, 'logs'), report }))
    }
    await start(sandbox)
    await Promise.all(own.map(start))
    await seedDemo({ dataDir, portBase })
    await openViews(addressesOf(portBase).ksqldb)
    project.provide('stack', stack)
    return end
  } catch (error) {
    await end()
    throw error
  }
}
