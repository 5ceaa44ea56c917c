import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { checked, jsonIn, languagesOf, nameOf } from '#apps/corrente/templates'

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
