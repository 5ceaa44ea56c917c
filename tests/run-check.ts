import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/**
 * What `npm run check` runs: first what only reads the sources, two scripts at a time because each keeps one core busy,
 * longest first, and then the units. What a script says is printed when it ends, so that two do not mix.
 */
const readers = ['lint', 'types', 'format', 'schemas']
const atOnce = 2

async function passes(script: string): Promise<boolean> {
  const child = spawn('npm', ['run', '-s', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await once(child, 'exit')) as [number | null]
  const [out, err] = await said
  process.stdout.write(out)
  process.stderr.write(err)
  if (code !== 0) process.stderr.write(`npm run ${script} failed\n`)
  return code === 0
}

async function allPass(scripts: readonly string[]): Promise<boolean> {
  const left = [...scripts]
  let arePassed = true
  const work = async () => {
    for (let script = left.shift(); script; script = left.shift()) {
      if (!(await passes(script))) arePassed = false
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return arePassed
}

if (!(await allPass(readers))) process.exit(1)
const units = spawn('npm', ['run', '-s', 'units'], { stdio: 'inherit' })
process.exit(((await once(units, 'exit')) as [number | null])[0] ?? 1)
