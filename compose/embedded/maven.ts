import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

import type { Artefact } from '#compose/embedded/artefacts'
import type { Download } from '#compose/embedded/cache'
import { checkMaven } from '#compose/embedded/prerequisites'
import type { RunTool, ToolResult } from '#compose/embedded/run-tool'
import { runTool } from '#compose/embedded/run-tool'

const reportMs = 5000

/**
 * Downloads with `mvn`, checksums enforced, telling every few seconds how far it is. Throws one sentence
 * that says whether Maven could not reach its repository or failed otherwise, and at an abort, which ends Maven.
 */
export const downloadWithMaven =
  (report: (line: string) => void, signal?: AbortSignal, run: RunTool = runTool): Download =>
  async (artefact, folder) => {
    const { isMet, sentence } = await checkMaven(run)
    if (!isMet) throw new Error(sentence)
    const startedAtMs = Date.now()
    // A repository of its own: two downloads side by side do not meet in it, and its growth is ours.
    const repository = `${folder}.maven`
    const title = `downloading ${artefact.title} (${artefact.contents}, and Maven's own plugins)`
    let isDone = false
    const progress = setInterval(async () => {
      const bytes = await bytesBelow(repository)
      if (!isDone)
        report(`${title}: ${(bytes / 1e6).toFixed(1)} MB, ${secondsSince(startedAtMs)} s`)
    }, reportMs)
    try {
      const goal = artefact.goal(folder)
      const maven = (args: readonly string[]) => run('mvn', [...quietly, ...args], signal)
      const first = await maven([`-Dmaven.repo.local=${repository}`, ...goal])
      signal?.throwIfAborted()
      // A machine without network may still have the files in the user's own Maven repository.
      if (first.exitCode !== 0 && (await maven(goal)).exitCode !== 0) {
        throw new Error(mavenFailure(artefact, first))
      }
      report(`downloaded ${artefact.title} in ${secondsSince(startedAtMs)} s`)
    } finally {
      isDone = true
      clearInterval(progress)
      await rm(repository, { recursive: true, force: true })
    }
  }

const quietly = ['-B', '-q', '-ntp', '-C', '-U', '-Dstyle.color=never']

const messageLengthMax = 400

const unreachable =
  /Could not transfer|UnknownHost|unknown host|timed out|refused|unreachable|offline mode/i

/** One sentence: what could not be downloaded, why, and what to do. */
export const mavenFailure = (artefact: Artefact, { output }: ToolResult): string => {
  const line = output.split('\n').find((text) => text.startsWith('[ERROR]')) ?? output
  const message = line
    .replace('[ERROR] ', '')
    .replace(/ -> \[Help \d+\]/, '')
    .trim()
  const intent = `${artefact.title} is not in the cache and cannot be downloaded`
  if (!unreachable.test(output)) {
    return `${intent}: mvn says "${message.slice(0, messageLengthMax)}"; mend that and start again`
  }
  // Maven says at length which file it wanted; what went wrong comes last.
  const cause = message.split(': ').at(-1)
  return `${intent}: Maven cannot reach its repository (${cause}); check the network, or the proxy in Maven's settings, and start again`
}

/** Bytes of all files below the folder, unfinished ones included; 0 where it is not there yet. */
export const bytesBelow = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map(({ parentPath, name }) =>
      stat(join(parentPath, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

const secondsSince = (startedAtMs: number) => Math.round((Date.now() - startedAtMs) / 1000)
