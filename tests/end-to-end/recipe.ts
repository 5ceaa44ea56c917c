import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A block of code on a page: what it is written in, the file it belongs to where it names one, its text. */
export interface Block {
  readonly language: string
  readonly path: string | undefined
  readonly text: string
}

/** The blocks of a page, in order. */
export const blocksOf = (page: string): readonly Block[] =>
  [...page.matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm)].map(([, language, path, text]) => {
    return { language: language!, path, text: text! }
  })

/** Puts a block into its file below the root: a new file, the end of one that is there, or the lines a diff adds. */
export function write(root: string, { language, path = '', text }: Block): void {
  const file = join(root, path)
  if (language === 'diff') writeFileSync(file, withAdded(readFileSync(file, 'utf8'), text))
  else if (existsSync(file)) appendFileSync(file, `\n${text}`)
  else writeFileSync(file, text)
}

/** The text with each added line of the diff below the line that stands above it there. Throws where that is missing. */
function withAdded(text: string, diff: string): string {
  const lines = text.split('\n')
  let at = -1
  for (const line of diff.trimEnd().split('\n')) {
    if (line.startsWith('+')) lines.splice(++at, 0, line.slice(1))
    else at = lines.indexOf(line.slice(1), at + 1)
    if (at < 0) throw new Error(`no line reads: ${line.slice(1)}`)
  }
  return lines.join('\n')
}
