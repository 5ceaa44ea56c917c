import { statSync } from 'node:fs'
import { type Operators, readOperators } from '#apps/platform/operators/operators-file'

/** Who may sign in, as the file says now. */
export interface OperatorsSource {
  /** Throws a sentence where the file cannot be read: then nobody is let in. */
  current(): Operators
}

/** Reads the file now, throwing where it cannot, and again whenever it has changed. */
export function openOperators(path: string): OperatorsSource {
  const mark = () => {
    const { mtimeMs, ino, size } = statSync(path, { throwIfNoEntry: false }) ?? {}
    return `${mtimeMs} ${ino} ${size}`
  }
  let known = readOperators(path)
  let knownMark = mark()
  return {
    current() {
      const now = mark()
      if (now !== knownMark) {
        known = readOperators(path)
        knownMark = now
      }
      return known
    },
  }
}
