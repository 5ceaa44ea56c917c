import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { jsonIn, nameOf } from '#apps/corrente/templates'
import { pdfTemplates } from '#connectors/pdf-compiled/index'
import { RejectedError } from '#core/errors'
import type { Template } from '#ports/templates'

/** Says what is wrong with a template before anything is printed by it. */
export const templatesCheck: Command = {
  name: 'templates check',
  summary: 'whether a file is a template, and all that is wrong with it',
  help: `corrente templates check <file> [--json]

Says whether a file of JSON is a template, compiled in each of its languages; exit code 1 with a line for each thing that
is wrong. docs/templates.md says how to write one.`,
  async run(args) {
    const options = { json: { type: 'boolean', default: false } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) throw new UsageError('say which file, and one only')
    const { template, problems } = checked(jsonIn(file))
    if (values.json) print(JSON.stringify({ template: template && nameOf(template), problems }))
    else if (template) print(`${nameOf(template)} is right, in ${languagesOf(template).join(', ')}`)
    else problems.forEach((problem) => report(problem))
    return problems.length === 0 ? 0 : 1
  },
}

const languagesOf = ({ texts }: Template): readonly string[] => Object.keys(texts)

interface Checked {
  readonly template?: Template
  readonly problems: readonly string[]
}

function checked(given: unknown): Checked {
  try {
    const template = pdfTemplates.check(given)
    // The fonts may have no sign for one of its texts, or its columns no room for their heads.
    for (const language of languagesOf(template)) {
      pdfTemplates.compile(template, { language, characters: '' })
    }
    return { template, problems: [] }
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    return { problems: error.message.split('\n') }
  }
}
