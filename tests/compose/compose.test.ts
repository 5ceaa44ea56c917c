import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { kafkaUiYaml } from '#apps/corrente/kafka-ui-config'
import { maskedFields } from '#apps/corrente/masked-fields'
import { makeSecretFiles } from '#apps/corrente/secret-files'
import { declaredUnits } from '#apps/platform/declared-units'
import { secretSettings } from '#apps/platform/secret-files'
import { appReaders, wordsOf } from '#tests/compose/app-readers'
import { settingsRead } from '#tests/compose/check-app-settings'
import { checked } from '#tests/compose/checks'
import { variablesOf } from '#tests/compose/interpolation'
import {
  developerFile,
  documentOf,
  ownServices,
  projectOf,
  textOf,
  userFiles,
} from '#tests/compose/project'
import { schemaProblems } from '#tests/compose/schema-problems'
import { inFolder } from '#tests/compose/temporary-folder'

const variables = variablesOf(textOf('.env.example'))
const files = new Map<string, string>(userFiles.map((file) => [file, textOf(file)]))
const project = projectOf([...files.values()], variables)

describe('the compose files', async () => {
  const results = await checked({ files, variables })

  it.each(results)('$name', ({ problems }) => {
    expect(problems).toEqual([])
  })

  it('are checked in full', () => {
    expect(results.length).toBeGreaterThan(12)
  })

  it('that developers add build one image, that of our apps, and are in the specification', () => {
    const document = documentOf(textOf(developerFile), variables)
    expect(schemaProblems(document)).toEqual([])
    const { services } = projectOf([textOf(userFiles[0]), textOf(developerFile)], variables)
    const built = Object.values(services).filter(({ build }) => build !== undefined)
    expect(built).toEqual([{ ...project.services['topics'], build: expect.anything() as unknown }])
  })

  it('have our apps in the version that is here', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    for (const [name, { image }] of ownServices(project)) {
      expect(image, name).toBe(`corrente/corrente:${version}`)
    }
  })

  it('have secrets that `corrente secrets init` makes, all of them and no others', () => {
    const made = inFolder((folder) => makeSecretFiles(folder, new Date()))
    expect(Object.keys(project.secrets).sort()).toEqual([...made].sort())
    for (const [name, { file }] of Object.entries(project.secrets))
      expect(file).toBe(`secrets/${name}`)
  })

  it('have no secret in an environment, but the names of its file', () => {
    const names = Object.values(project.services).flatMap(({ environment = {} }) =>
      Object.keys(environment),
    )
    expect(names.filter((name) => secretSettings.includes(name))).toEqual([])
    expect(names.filter((name) => secretSettings.includes(name.replace(/_FILE$/, '')))).not.toEqual(
      [],
    )
    expect(Object.keys(variables).filter((name) => secretSettings.includes(name))).toEqual([])
  })
})

describe('our apps in the compose files', () => {
  it('ask for nothing that looks like a secret and cannot be given as a file', async () => {
    const looking = [...(await settingsRead(project))].filter((name) =>
      /PASSWORD|SECRET|TOKEN|_KEYS?(_|$)|DATABASE_URL|SMTP_URL/.test(name),
    )
    expect(looking).toContain('KAFKA_PASSWORD')
    expect(looking.filter((name) => !secretSettings.includes(name))).toEqual([])
  })

  const services = ownServices(project)
  const started = new Set(services.map(([, { command }]) => wordsOf(command)))

  it('are all that there are, and the jobs before them', () => {
    expect([...started].sort()).toEqual(Object.keys(appReaders).sort())
  })

  it.each(Object.entries(appReaders))('%s reads its environment as it is checked', (_, app) => {
    const source = readFileSync(app.file, 'utf8')
    const called = [
      ...source.matchAll(/\b(\w+)\((?:env|process\.env|await installed\([^)]*\))[,)]/g),
    ]
    const names = new Set(called.map(([, name]) => name))
    expect([...names].sort()).toEqual(app.readers.map(({ name }) => name).sort())
  })
})

describe('what Kafka UI is configured with', () => {
  it('masks what the schemas say today: `corrente kafka-ui config` prints it', () => {
    const { brokers, registry, ksqldb } = {
      brokers: project.services['worker']!.environment!['KAFKA_BROKERS']!,
      registry: project.services['worker']!.environment!['SCHEMA_REGISTRY_URL']!,
      ksqldb: project.services['payments-poller']!.environment!['KSQLDB_URL']!,
    }
    const cluster = { brokers, registry, ksqldb }
    expect(textOf('kafka-ui/config.yaml')).toBe(kafkaUiYaml(cluster, maskedFields(declaredUnits)))
  })
})
