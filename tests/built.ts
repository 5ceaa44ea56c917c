import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const { build } = createRequire(import.meta.url)('../bin/build.cjs') as {
  build(root: string, more: readonly string[]): string
}
const root = fileURLToPath(new URL('..', import.meta.url))

/** The built file of a program below `tests`, brought up to date: it runs as the apps run. */
export function builtProgram(source: URL): string {
  const path = relative(root, fileURLToPath(source))
  return join(build(root, ['tests']), path.replace(/\.ts$/, '.js'))
}
