import { expect, it } from 'vitest'

import { checkJava, checkMaven, javaCommand, javaMajorOf } from '#compose/embedded/prerequisites'
import type { RunTool } from '#compose/embedded/run-tool'

const absent: RunTool = async () => ({ exitCode: undefined, output: 'spawn java ENOENT' })
const prints =
  (output: string, exitCode = 0): RunTool =>
  async () => ({ exitCode, output })

it.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['openjdk version "1.8.0_292"', 8],
  ['java version "21" 2023-09-19 LTS', 21],
  ['openjdk version "25-ea" 2025-09-16', 25],
  ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "17.0.1"', 17],
  ['The operation couldn’t be completed. Unable to locate a Java Runtime.', undefined],
])('reads the major version in %j', (output, major) => {
  expect(javaMajorOf(output)).toBe(major)
})

it('accepts Java 17', async () => {
  const java = await checkJava(prints('openjdk version "17.0.15"'), {})
  expect(java).toEqual({ name: 'Java', isMet: true, sentence: 'Java 17 (java)' })
})

it('refuses Java 11, naming the package', async () => {
  const { isMet, sentence } = await checkJava(prints('openjdk version "11.0.2"'), {})
  expect(isMet).toBe(false)
  expect(sentence).toBe(
    'Java 11 is too old: install Java 17 or newer (Debian package openjdk-17-jre-headless)',
  )
})

it('says that java is not on PATH', async () => {
  const { isMet, sentence } = await checkJava(absent, {})
  expect(isMet).toBe(false)
  expect(sentence).toContain('java is not on PATH')
  expect(sentence).toContain('openjdk-17-jre-headless')
})

it('blames a JAVA_HOME that leads nowhere', async () => {
  const { sentence } = await checkJava(absent, { JAVA_HOME: '/opt/gone' })
  expect(sentence).toContain('JAVA_HOME (/opt/gone)')
})

it('prefers the Java of JAVA_HOME', () => {
  expect(javaCommand({ JAVA_HOME: '/opt/jdk' })).toBe('/opt/jdk/bin/java')
  expect(javaCommand({ JAVA_HOME: '' })).toBe('java')
  expect(javaCommand({})).toBe('java')
})

it('tells Maven that is missing from Maven that does not run', async () => {
  expect((await checkMaven(absent)).sentence).toMatch(/^Maven is missing: .*package maven/)
  expect((await checkMaven(prints('no JVM', 1))).sentence).toMatch(/^Maven does not run/)
  expect(await checkMaven(prints('Apache Maven 3.8.7\nJava 17'))).toEqual({
    name: 'Maven',
    isMet: true,
    sentence: 'Maven 3.8.7',
  })
})
