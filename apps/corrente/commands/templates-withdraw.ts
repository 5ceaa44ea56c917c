import { parseArgs } from 'node:util'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { openStoreOf, storeHelp } from '#apps/corrente/store-place'
import { withdrawTemplate } from '#apps/platform/published-templates'
import { pinIn, pinText } from '#apps/platform/template-pin'

const options = {
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

/** Rolls a template back. */
export const templatesWithdraw: Command = {
  name: 'templates withdraw',
  summary: 'roll a template back: new exports get the version before it',
  help: `corrente templates withdraw <name>@<version> [--json] [--port-base <n>]

Withdraws a version, for good: exports that are asked for by the name alone get the highest version that is left, and those
that are asked for by this one are refused. Exports that were asked for before are still printed by it. To bring
it back, publish it under a new version. Said again it does nothing.

${storeHelp}`,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [asked = '', ...more] = positionals
    const pin = pinIn(asked)
    if (!pin || more.length > 0) throw new UsageError('say one version, such as receipt@2')
    const objects = await openStoreOf(values['port-base'])
    try {
      const { isNew, current } = await withdrawTemplate(objects, pin)
      const template = pinText(pin)
      if (values.json) {
        print(JSON.stringify({ template, is_new: isNew, current: current ?? null }))
      } else {
        const left =
          current === undefined
            ? `nothing is left of ${pin.name}`
            : `${pin.name} alone is ${current}`
        print(`${template} ${isNew ? 'is' : 'was'} withdrawn; ${left}`)
      }
      return 0
    } finally {
      await objects.close()
    }
  },
}
