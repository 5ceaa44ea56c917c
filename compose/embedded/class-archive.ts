import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Child } from '#compose/embedded/child'
import { startChild } from '#compose/embedded/child'
import { isAlive, pidPathOf, readPidFile, runDirOf } from '#compose/embedded/pid-file'
import { runTool } from '#compose/embedded/run-tool'

/**
 * The JVM's class-data archive of one part: with it the part starts in half the time. Without one, a
 * start writes down the classes it loads (free), and `buildArchives` makes the archive afterwards.
 */
export interface ClassArchive {
  readonly isPresent: boolean
  /** JVM options of this start: use the archive, or write the list of classes down. */
  readonly options: readonly string[]
  readonly archivePath: string
  readonly listPath: string
}

export const archiversName = 'class-archives'

/** Tells one build of Java from another: an archive serves only the one that made it. */
export const buildOf = async (java: string): Promise<string> => {
  const { output } = await runTool(java, ['-version'])
  return createHash('sha256').update(output).digest('hex').slice(0, 12)
}

/** `folder` is the artefact's in the cache, `name` the part's, `build` what `buildOf` answers. */
export const classArchive = (
  folder: string,
  name: string,
  dataDir: string,
  build: string,
): ClassArchive => {
  const archivePath = `${folder}.${build}.jsa`
  const listPath = join(runDirOf(dataDir), `${name}.classes`)
  const isPresent = existsSync(archivePath)
  const option = isPresent
    ? `-XX:SharedArchiveFile=${archivePath}`
    : `-XX:DumpLoadedClassList=${listPath}`
  // Proxies made at run time are never in an archive; a warning for each would bury a real error.
  return { isPresent, options: [option, '-Xlog:cds=error'], archivePath, listPath }
}

export interface ArchiveSource {
  readonly archive: ClassArchive
  readonly classPath: string
}

/**
 * Makes the missing archives, one after the other, in a child of lowest priority that nobody waits for
 * (half a minute of one idle core, once per machine). It is stopped with the stack, and then made later.
 */
export const buildArchives = async (
  sources: readonly ArchiveSource[],
  { dataDir, portBase, java }: { dataDir: string; portBase: number; java: string },
): Promise<Child | undefined> => {
  const missing = sources.filter(
    ({ archive }) => !archive.isPresent && existsSync(archive.listPath),
  )
  if (missing.length === 0 || isBuilding(dataDir)) return undefined
  for (const { archive } of missing) await keepWholeLines(archive.listPath)
  const args = missing.flatMap(({ archive, classPath }) => [
    `${archive.listPath}.whole`,
    archive.archivePath,
    classPath,
  ])
  return startChild({
    name: archiversName,
    command: 'nice',
    args: ['-n', '19', 'sh', '-c', script, java, ...args],
    dataDir,
    portBase,
  })
}

const isBuilding = (dataDir: string): boolean => {
  const pidFile = readPidFile(pidPathOf(dataDir, archiversName))
  return pidFile !== undefined && isAlive(pidFile, dataDir)
}

// $0 is java. Only a finished archive gets its name; a JVM would take half a one for whole.
const script = `
trap 'rm -f "$2.part-$$"; exit 1' TERM
while [ $# -gt 0 ]; do
  rm -f "$2".part-*
  "$0" -Xshare:dump -XX:+UseSerialGC -XX:SharedClassListFile="$1" -XX:SharedArchiveFile="$2.part-$$" -cp "$3" &&
    mv "$2.part-$$" "$2"
  shift 3
done`

// The part that writes the list still runs: its last line may be half.
const keepWholeLines = async (path: string): Promise<void> => {
  const text = await readFile(path, 'utf8').catch(() => '')
  await writeFile(`${path}.whole`, text.slice(0, text.lastIndexOf('\n') + 1))
}
