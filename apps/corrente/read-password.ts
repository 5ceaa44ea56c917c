import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { Writable } from 'node:stream'
import { report, UsageError } from '#apps/corrente/command'

const charactersMin = 12
const charactersMax = 256

/** Asks for a new password twice, unseen, on a terminal; else takes the first line of the input. UsageError where it will not do. */
export async function newPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    const [line = ''] = (await text(process.stdin)).split(/\r?\n/)
    return checked(line)
  }
  const first = checked(await asked('New password: '))
  if ((await asked('Again: ')) !== first) throw new UsageError('the two are not the same')
  return first
}

function checked(password: string): string {
  const { length } = password
  if (length >= charactersMin && length <= charactersMax) return password
  throw new UsageError(
    `a password has ${charactersMin} to ${charactersMax} characters: type it, write it to the command's input, or say --generate`,
  )
}

/** A line of the terminal, not echoed. */
async function asked(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true })
  process.stderr.write(question)
  const line = await new Promise<string>((resolve) => {
    terminal.once('line', resolve)
    // Ctrl-C and Ctrl-D give no password.
    terminal.once('close', () => resolve(''))
  })
  terminal.close()
  report('')
  return line
}
