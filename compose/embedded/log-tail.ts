import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A part's log files: its own log, and what its JVM said on standard output and error. */
export const logPathsOf = (dataDir: string, name: string): readonly string[] => [
  join(dataDir, 'logs', `${name}.log`),
  join(dataDir, 'logs', `${name}.out`),
]

/** The last lines written to any of the files, and the path of the file written last. */
export const lastLogLines = async (
  paths: readonly string[],
  linesMax = 20,
): Promise<{ readonly lines: readonly string[]; readonly path: string | undefined }> => {
  const files = await Promise.all(paths.map(logFileAt))
  const written = files
    .filter(({ lines }) => lines.length > 0)
    .sort((one, other) => one.writtenAtMs - other.writtenAtMs)
  return {
    lines: written.flatMap(({ lines }) => lines).slice(-linesMax),
    path: written.at(-1)?.path,
  }
}

const logFileAt = async (path: string) => {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)])
    return { path, lines: text.split('\n').filter((line) => line !== ''), writtenAtMs: mtimeMs }
  } catch {
    return { path, lines: [], writtenAtMs: 0 }
  }
}
