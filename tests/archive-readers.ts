import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What another program finds in an archive, after it read every item and checked its CRC. */
export interface FoundItem {
  readonly name: string
  readonly bytes: number
  readonly crc: number
  readonly at: number
}

const listing = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    if archive.testzip() is not None:
        sys.exit('a CRC is wrong')
    items = archive.infolist()
    print(json.dumps([dict(name=i.filename, bytes=i.file_size, crc=i.CRC, at=i.header_offset) for i in items]))
`

const isThere = (program: string, flag: string): boolean => {
  const isFound = spawnSync(program, [flag]).status === 0
  if (!isFound) process.stderr.write(`${program} is not there: no archive is read with it\n`)
  return isFound
}

export const hasUnzip = isThere('unzip', '-v')
export const hasPython = isThere('python3', '--version')

/** Throws what Info-ZIP says against an archive. */
export function checkWithUnzip(file: string): void {
  const { status, stdout, stderr } = spawnSync('unzip', ['-tqq', file], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`unzip: ${stdout}${stderr}`)
}

/** Throws where Python's zipfile cannot read an archive. */
export function foundByPython(file: string): FoundItem[] {
  const found = execFileSync('python3', ['-c', listing, file], { maxBuffer: 1 << 28 })
  return JSON.parse(found.toString()) as FoundItem[]
}

/** A folder for archives, for as long as they are looked at. */
export function archiveFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'corrente-archive-'))
  return {
    path: (name: string) => join(folder, name),
    write(name: string, bytes: Uint8Array): string {
      writeFileSync(join(folder, name), bytes)
      return join(folder, name)
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
