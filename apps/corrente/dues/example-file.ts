import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Files of a test, in a folder of their own. */
export function exampleFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'dues-'))
  let count = 0
  return {
    write(content: string | Buffer): string {
      const file = join(folder, `${++count}.csv`)
      writeFileSync(file, content)
      return file
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
