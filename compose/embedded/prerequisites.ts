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
const nodeMin = '20.19'

/** Everything `npm ci` and the embedded stack need, met or not, in the order a person installs it. */
export const checkPrerequisites = async (run: RunTool = runTool): Promise<Prerequisite[]> => [
  checkNode(process.version),
  ...(await Promise.all([checkJava(run), checkMaven(run), checkToolchain(run)])),
]

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

/** Whether this Node (as `process.version` says it, `v20.20.2`) is new enough. */
export const checkNode = (version: string): Prerequisite => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const [majorMin = 0, minorMin = 0] = nodeMin.split('.').map(Number)
  const isMet = major > majorMin || (major === majorMin && minor >= minorMin)
  if (isMet) return met('Node', `Node ${version.replace(/^v/, '')}`)
  return unmet('Node', `Node ${version} is too old: install Node ${nodeMin} or newer`)
}

const toolchain = ['g++', 'make', 'python3'] as const

const checkToolchain = async (run: RunTool): Promise<Prerequisite> => {
  const name = 'C++ toolchain'
  const answers = await Promise.all(toolchain.map((tool) => run(tool, ['--version'])))
  const missing = toolchain.filter((_, index) => answers[index]?.exitCode !== 0)
  if (missing.length === 0) return met(name, `C++ toolchain (${toolchain.join(', ')})`)
  const list = missing.join(', ')
  return unmet(
    name,
    `${list} missing: needed only by npm ci, which compiles node-rdkafka; install Debian packages ${list}`,
  )
}

const met = (name: string, sentence: string): Prerequisite => ({ name, isMet: true, sentence })
const unmet = (name: string, sentence: string): Prerequisite => ({ name, isMet: false, sentence })
