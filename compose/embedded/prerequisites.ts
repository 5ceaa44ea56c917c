import { join } from 'node:path'

import type { RunTool } from '#compose/embedded/run-tool'
import { runTool } from '#compose/embedded/run-tool'

/** One thing the machine must have, and a sentence for people: what is there, or what to install. */
export interface Prerequisite {
  readonly name: string
  readonly isMet: boolean
  readonly sentence: string
}

const javaMajorMin = 17

/** The Java that is used: JAVA_HOME's where it is set, else the first on PATH. */
export const javaCommand = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment['JAVA_HOME'] ? join(environment['JAVA_HOME'], 'bin', 'java') : 'java'

export const checkJava = async (
  run: RunTool = runTool,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Prerequisite> => {
  const command = javaCommand(environment)
  const remedy = `install Java ${javaMajorMin} or newer (Debian package openjdk-17-jre-headless)`
  const { exitCode, output } = await run(command, ['-version'])
  const major = exitCode === 0 ? javaMajorOf(output) : undefined
  if (major === undefined) {
    const home = environment['JAVA_HOME']
    const cause = home ? `JAVA_HOME (${home}) holds no bin/java that runs` : 'java is not on PATH'
    return unmet('Java', `Java is missing: ${cause}; ${remedy}`)
  }
  if (major < javaMajorMin) return unmet('Java', `Java ${major} is too old: ${remedy}`)
  return met('Java', `Java ${major} (${command})`)
}

/** The major version in what `java -version` prints: 8 for "1.8.0_292", 17 for "17.0.15". */
export const javaMajorOf = (output: string): number | undefined => {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? []
  if (first === undefined) return undefined
  return Number(first === '1' && second !== undefined ? second : first)
}

export const checkMaven = async (run: RunTool = runTool): Promise<Prerequisite> => {
  const { exitCode, output } = await run('mvn', ['-v'])
  const version = /Apache Maven (\S+)/.exec(output)?.[1]
  if (exitCode === 0 && version !== undefined) return met('Maven', `Maven ${version}`)
  const state = exitCode === undefined ? 'is missing' : 'does not run'
  return unmet(
    'Maven',
    `Maven ${state}: install mvn (Debian package maven), which downloads Kafka and the registry`,
  )
}

const met = (name: string, sentence: string): Prerequisite => ({ name, isMet: true, sentence })
const unmet = (name: string, sentence: string): Prerequisite => ({ name, isMet: false, sentence })
