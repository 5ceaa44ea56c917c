import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Entries by key. Each change is appended to the file as a line of JSON: the last line of a key counts. */
export interface KeptLines<Entry> {
  get(key: string): Entry | undefined
  all(): readonly Entry[]
  put(entry: Entry): Entry
  close(): void
}

/** Reads `dataFile` when there is one; without it everything is forgotten at the end. A line that is no JSON is passed over. */
export const openKeptLines = <Entry>(
  keyOf: (entry: Entry) => string,
  dataFile?: string,
): KeptLines<Entry> => {
  const entries = new Map<string, Entry>()
  for (const entry of dataFile === undefined ? [] : linesOf<Entry>(dataFile)) {
    entries.set(keyOf(entry), entry)
  }
  const file = dataFile === undefined ? undefined : openSync(dataFile, 'a')
  return {
    get: (key) => entries.get(key),
    all: () => [...entries.values()],
    put: (entry) => {
      entries.set(keyOf(entry), entry)
      if (file !== undefined) writeSync(file, `${JSON.stringify(entry)}\n`)
      return entry
    },
    close: () => {
      if (file !== undefined) closeSync(file)
    },
  }
}

const linesOf = <Entry>(dataFile: string): readonly Entry[] => {
  mkdirSync(dirname(dataFile), { recursive: true })
  if (!existsSync(dataFile)) return []
  const lines = readFileSync(dataFile, 'utf8').split('\n')
  const unfinished = lines.pop()
  // A process killed while writing leaves half a line: the next one must start on its own.
  if (unfinished) appendNewline(dataFile)
  return lines.filter(Boolean).flatMap((line) => entryOf<Entry>(line) ?? [])
}

const entryOf = <Entry>(line: string): Entry | undefined => {
  try {
    return JSON.parse(line) as Entry
  } catch {
    return undefined
  }
}

const appendNewline = (dataFile: string): void => {
  const file = openSync(dataFile, 'a')
  writeSync(file, '\n')
  closeSync(file)
}
