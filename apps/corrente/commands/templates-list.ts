import { parseArgs } from 'node:util'
import { type Command, print } from '#apps/corrente/command'
import { nameOf } from '#apps/corrente/templates'
import { shippedTemplates } from '#connectors/pdf-compiled/index'

/** What documents can be made by. */
export const templatesList: Command = {
  name: 'templates list',
  summary: 'the templates of documents that come with the platform',
  help: `corrente templates list [--json]

Shows each template that comes with the platform, its languages, and the fields a record has for it: those in brackets
may be absent. docs/templates.md says how to write one.`,
  async run(args) {
    const options = { json: { type: 'boolean', default: false } } as const
    const { values } = parseArgs({ args: [...args], options })
    const templates = shippedTemplates().map((template) => ({
      template: nameOf(template),
      languages: Object.keys(template.texts),
      fields: template.fields,
    }))
    if (values.json) {
      print(JSON.stringify(templates))
      return 0
    }
    for (const { template, languages, fields } of templates) {
      const names = Object.entries(fields).map(([name, { required }]) =>
        required ? name : `[${name}]`,
      )
      print(`${template}  ${languages.join(' ')}\n  ${names.join(' ')}`)
    }
    return 0
  },
}
