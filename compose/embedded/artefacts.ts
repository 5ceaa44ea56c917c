import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { runTool } from '#compose/embedded/run-tool'

/** Something Maven Central holds and the cache keeps. */
export interface Artefact {
  readonly title: string
  /** Folder in the cache; the version is part of it. */
  readonly folder: string
  /** For people: `46 jars, 44 MB`. */
  readonly contents: string
  /** The committed list of what must come out, in the format of `sha256sum`. */
  readonly checksums: () => Promise<string>
  /** Maven's goal and options that put the files into the folder. */
  readonly goal: (folder: string) => readonly string[]
  /** Makes the checked files usable, in place. */
  readonly unpack?: (folder: string) => Promise<void>
}

const besides = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** The goal that copies what a project description needs at run time; `pom` is its path. */
export const dependenciesOf =
  (pom: string): Artefact['goal'] =>
  (folder) => [
    '-f',
    pom,
    'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies',
    '-DincludeScope=runtime',
    `-DoutputDirectory=${folder}`,
  ]

export const kafkaJars: Artefact = {
  title: 'Apache Kafka 4.3.1',
  folder: 'kafka-4.3.1',
  contents: '46 jars, 44 MB',
  checksums: () => readFile(besides('kafka-4.3.1.sha256'), 'utf8'),
  goal: dependenciesOf(besides('pom.xml')),
}

const registryArchive = 'apicurio-registry-app-3.0.9-all.tar.gz'

export const registryFiles: Artefact = {
  title: 'Apicurio Registry 3.0.9',
  folder: 'apicurio-3.0.9',
  contents: '1 archive, 109 MB',
  checksums: () => readFile(besides('apicurio-3.0.9.sha256'), 'utf8'),
  // Version 3 of the plugin reads the parent's description too, which Maven Central does not have.
  goal: (folder) => [
    'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy',
    '-Dartifact=io.apicurio:apicurio-registry-app:3.0.9:tar.gz:all',
    `-DoutputDirectory=${folder}`,
  ],
  async unpack(folder) {
    const archive = join(folder, registryArchive)
    const { exitCode, output } = await runTool('tar', ['-xzf', archive, '-C', folder])
    if (exitCode !== 0) throw new Error(`tar cannot unpack ${archive}: ${output}`)
    await rm(archive)
  },
}
