import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { registryFiles } from '#compose/embedded/artefacts'
import type { Part } from '#compose/embedded/part'
import { stackPorts } from '#compose/embedded/ports'

const registryJar = 'apicurio-registry-app-3.0.9-runner.jar'

/** Where the registry speaks the Confluent protocol. */
export const registryUrlOf = (portBase: number): string =>
  `http://127.0.0.1:${stackPorts(portBase).registry}/apis/ccompat/v7`

/** The schema registry as a part: serves when it lists its subjects, then is told BACKWARD. */
export const apicurioRegistry = (dataDir: string, portBase: number): Part => {
  const url = registryUrlOf(portBase)
  const port = stackPorts(portBase).registry
  return {
    name: 'registry',
    title: registryFiles.title,
    artefact: registryFiles,
    address: url,
    claims: [{ port, wantedBy: registryFiles.title }],
    classPath: (folder) => join(folder, registryJar),
    async prepare({ classPath }) {
      await mkdir(join(dataDir, 'registry'), { recursive: true })
      return [...javaOptions, ...serverOptions(dataDir, port), '-jar', classPath]
    },
    answers: async () => (await request(`${url}/subjects`)).ok,
    configure: () => requireBackward(url),
  }
}

const javaOptions: readonly string[] = [
  '-Xms64m',
  '-Xmx384m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError',
]

const serverOptions = (dataDir: string, port: number): readonly string[] => [
  '-Dquarkus.http.host=127.0.0.1',
  `-Dquarkus.http.port=${port}`,
  '-Dapicurio.storage.kind=sql',
  '-Dapicurio.storage.sql.kind=h2',
  `-Dapicurio.datasource.url=${databaseUrl(dataDir)}`,
  '-Dapicurio.datasource.username=sa',
  '-Dapicurio.datasource.password=sa',
  '-Dquarkus.log.console.enable=false',
  '-Dquarkus.log.file.json=false',
  '-Dquarkus.log.category."io.quarkus.http.access-log".level=WARN',
  '-Dquarkus.log.file.enable=true',
  `-Dquarkus.log.file.path=${join(dataDir, 'logs', 'registry.log')}`,
  '-Dquarkus.log.file.rotation.max-file-size=10M',
  '-Dquarkus.log.file.rotation.max-backup-index=1',
]

/**
 * H2 writes half a second late by default: a kill -9 then takes away schemas whose id was answered and
 * is already in records. With WRITE_DELAY=0 the answer follows the write.
 */
export const databaseUrl = (dataDir: string): string =>
  `jdbc:h2:file:${join(dataDir, 'registry', 'registry')};DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0`

/** Sets the compatibility every subject has unless it says otherwise; out of the box there is none. */
const requireBackward = async (url: string): Promise<void> => {
  const body = JSON.stringify({ compatibility: 'BACKWARD' })
  await request(`${url}/config`, {
    method: 'PUT',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body,
  })
  const answer = await request(`${url}/config`)
  const text = await answer.text()
  const { compatibilityLevel } = JSON.parse(text) as { compatibilityLevel?: unknown }
  if (!answer.ok || compatibilityLevel !== 'BACKWARD') {
    throw new Error(
      `${registryFiles.title} did not take the compatibility BACKWARD: it answers ${text}`,
    )
  }
}

const request = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, signal: AbortSignal.timeout(5000) })
