import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Artefact, dependenciesOf } from '#compose/embedded/artefacts'
import { cacheDir, provide } from '#compose/embedded/cache'
import { downloadWithMaven } from '#compose/embedded/maven'
import { javaCommand } from '#compose/embedded/prerequisites'
import { runTool } from '#compose/embedded/run-tool'

const besides = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** The validator of the PDF Association. */
export const veraPdf: Artefact = {
  title: 'veraPDF 1.28.2',
  folder: 'verapdf-1.28.2',
  contents: '19 jars, 19 MB',
  checksums: () => readFile(besides('verapdf-1.28.2.sha256'), 'utf8'),
  goal: dependenciesOf(besides('pom.xml')),
}

/** What the validator says of one file by one standard, `2a` or `ua1`, and in its words why it does not conform. */
export interface Verdict {
  readonly file: string
  readonly standard: string
  readonly isConformant: boolean
  readonly words: readonly string[]
}

interface Validator {
  /** Verdicts on all files, by each standard that they say they keep. */
  validate(files: readonly string[]): Promise<readonly Verdict[]>
}

const jvm = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
const program = 'org.verapdf.apps.GreenfieldCliWrapper'

/** The validator, downloaded where that was not done yet. */
export async function openVeraPdf(report: (line: string) => void): Promise<Validator> {
  const options = { cache: cacheDir(), download: downloadWithMaven(report), report }
  const classPath = ['-cp', join(await provide(veraPdf, options), '*')]
  return {
    async validate(files) {
      const args = ['--format', 'text', '-v', '-f', '0', ...files]
      const { output } = await runTool(javaCommand(), [...jvm, ...classPath, program, ...args])
      const verdicts = verdictsIn(output)
      if (verdicts.length === 0) throw new Error(`${veraPdf.title} says nothing: ${output}`)
      return verdicts
    },
  }
}

/** `PASS <file> <standard>` or `FAIL <file> <standard>`, with what a file fails by below it. */
export function verdictsIn(output: string): readonly Verdict[] {
  const verdicts: (Verdict & { readonly words: string[] })[] = []
  for (const line of output.split('\n')) {
    const [, verdict, file, standard] = /^(PASS|FAIL) (.*\.pdf) (\w+)$/.exec(line) ?? []
    if (file !== undefined && standard !== undefined) {
      verdicts.push({ file, standard, isConformant: verdict === 'PASS', words: [] })
    } else verdicts.at(-1)?.words.push(line.trim())
  }
  return verdicts
}
