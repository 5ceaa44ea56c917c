import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { root } from '#apps/corrente/place'
import type { Verified } from '#tests/soak/debits/judge'
import type { DebitsInstallation } from '#tests/soak/debits/scene'

/** Runs `corrente debits verify` as a person would. */
export async function verifyBooks(
  { env }: Pick<DebitsInstallation, 'env'>,
  when: string,
): Promise<Verified> {
  const child = spawn(process.execPath, [join(root, 'bin', 'corrente.cjs'), 'debits', 'verify'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const [code, out, err] = await Promise.all([exit, text(child.stdout), text(child.stderr)])
  return { when, code, text: code === 0 ? out : `${out}${err}` }
}
