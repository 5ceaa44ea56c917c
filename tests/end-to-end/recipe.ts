import { execFile } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

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

/** Puts a block into its file below the root: a new file, the end of one that is there, or what a diff changes. */
export function write(root: string, { language, path = '', text }: Block): void {
  const file = join(root, path)
  if (language === 'diff') writeFileSync(file, changed(readFileSync(file, 'utf8'), text))
  else if (existsSync(file)) appendFileSync(file, `\n${text}`)
  else writeFileSync(file, text)
}

/**
 * The text with each added line of the diff below the line that stands above it there, and without those it takes away.
 * Throws where a line is missing.
 */
function changed(text: string, diff: string): string {
  const lines = text.split('\n')
  let at = -1
  for (const line of diff.trimEnd().split('\n')) {
    if (line.startsWith('+')) lines.splice(++at, 0, line.slice(1))
    else at = lines.indexOf(line.slice(1), at + 1)
    if (at < 0) throw new Error(`no line reads: ${line.slice(1)}`)
    if (line.startsWith('-')) lines.splice(at--, 1)
  }
  return lines.join('\n')
}

const run = promisify(execFile)
const left = new Set(['node_modules', '.git', '.corrente'])

/** The folder of a new copy of the project, to which a page can be done. */
export function copyProject(): string {
  const root = mkdtempSync(join(tmpdir(), 'corrente-recipe-'))
  cpSync('.', root, { recursive: true, filter: (path) => !left.has(basename(path)) })
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'))
  return root
}

/** Runs a command of a page in a copy; what it prints. Throws with that where it fails. */
export async function runIn(root: string, command: string, env: NodeJS.ProcessEnv) {
  const { stdout } = await run('sh', ['-c', command], { cwd: root, env }).catch(explain)
  return stdout
}

/**
 * Does a page to a copy from top to bottom, up to the first command with `until` in it, which does not end by itself;
 * gives that command and those after it.
 */
export async function doPage(
  page: string,
  { root, env, until }: { root: string; env: NodeJS.ProcessEnv; until: string },
): Promise<readonly string[]> {
  const rest: string[] = []
  for (const block of blocksOf(readFileSync(page, 'utf8'))) {
    if (block.language !== 'sh') write(root, block)
    for (const command of commandsOf(block)) {
      if (rest.length > 0 || command.includes(until)) rest.push(command)
      else await runIn(root, command, env)
    }
  }
  return rest
}

const commandsOf = ({ language, text }: Block) => (language === 'sh' ? text.trim().split('\n') : [])

function explain(error: { readonly message: string; readonly stdout?: string }): never {
  throw new Error(`${error.message}\n${error.stdout ?? ''}`)
}
