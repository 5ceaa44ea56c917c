import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { withSecretFiles } from '#apps/platform/secret-files'
import { SettingsError } from '#apps/platform/settings'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { audit } from '#apps/corrente/commands/audit'
import { acls } from '#apps/corrente/commands/acls'
import { asyncapi } from '#apps/corrente/commands/asyncapi'
import { conform } from '#apps/corrente/commands/conform'
import { debitsVerify } from '#apps/corrente/commands/debits-verify'
import { dlqList } from '#apps/corrente/commands/dlq-list'
import { dlqDrop, dlqRedrive } from '#apps/corrente/commands/dlq-redrive'
import { dlqShow } from '#apps/corrente/commands/dlq-show'
import { doctor } from '#apps/corrente/commands/doctor'
import { duesImport } from '#apps/corrente/commands/dues-import'
import { down } from '#apps/corrente/commands/down'
import { exportsCancel } from '#apps/corrente/commands/exports-cancel'
import { exportsDownload } from '#apps/corrente/commands/exports-download'
import { exportsList } from '#apps/corrente/commands/exports-list'
import { exportsRequest } from '#apps/corrente/commands/exports-request'
import { exportsSweep } from '#apps/corrente/commands/exports-sweep'
import { exportsWatch } from '#apps/corrente/commands/exports-watch'
import { kafkaUiConfig } from '#apps/corrente/commands/kafka-ui-config'
import { lag } from '#apps/corrente/commands/lag'
import { notificationsSend } from '#apps/corrente/commands/notifications-send'
import { notificationsShow } from '#apps/corrente/commands/notifications-show'
import { operatorsAdd, operatorsList, operatorsRemove } from '#apps/corrente/commands/operators'
import { parked, parkedList } from '#apps/corrente/commands/parked-list'
import { parkedRelease } from '#apps/corrente/commands/parked-release'
import { paymentRetry } from '#apps/corrente/commands/payment-retry'
import { paymentShow } from '#apps/corrente/commands/payment-show'
import { publish } from '#apps/corrente/commands/publish'
import { schemasCheck, schemasRegister } from '#apps/corrente/commands/schemas'
import { secretsInit } from '#apps/corrente/commands/secrets-init'
import { start } from '#apps/corrente/commands/start'
import { stateInspect } from '#apps/corrente/commands/state-inspect'
import { status } from '#apps/corrente/commands/status'
import { tail } from '#apps/corrente/commands/tail'
import { templatesCheck } from '#apps/corrente/commands/templates-check'
import { templatesList } from '#apps/corrente/commands/templates-list'
import { templatesPreview } from '#apps/corrente/commands/templates-preview'
import { templatesPublish } from '#apps/corrente/commands/templates-publish'
import { templatesWithdraw } from '#apps/corrente/commands/templates-withdraw'
import { topicsApply, topicsDiff } from '#apps/corrente/commands/topics'
import { topology } from '#apps/corrente/commands/topology'
import { up } from '#apps/corrente/commands/up'
import { viewsApply } from '#apps/corrente/commands/views-apply'
import { root } from '#apps/corrente/place'

/** Every command, in the order they are listed. */
export const commands: readonly Command[] = [
  start,
  up,
  down,
  status,
  doctor,
  acls,
  conform,
  lag,
  tail,
  dlqList,
  dlqShow,
  dlqRedrive,
  dlqDrop,
  parkedList,
  parkedRelease,
  // After those that begin with its word.
  parked,
  operatorsAdd,
  operatorsList,
  operatorsRemove,
  audit,
  topicsDiff,
  topicsApply,
  schemasCheck,
  schemasRegister,
  publish,
  paymentShow,
  paymentRetry,
  duesImport,
  debitsVerify,
  notificationsSend,
  notificationsShow,
  exportsRequest,
  exportsWatch,
  exportsList,
  exportsCancel,
  exportsDownload,
  exportsSweep,
  stateInspect,
  templatesList,
  templatesCheck,
  templatesPreview,
  templatesPublish,
  templatesWithdraw,
  topology,
  viewsApply,
  secretsInit,
  kafkaUiConfig,
  asyncapi,
]

const appsDir = join(root, 'apps')
const apps = () =>
  readdirSync(appsDir)
    .filter((name) => existsSync(join(appsDir, name, 'main.ts')) && name !== 'corrente')
    .sort()

const overview = () => `corrente <command> [options]

${commands.map(({ name, summary }) => `  ${name.padEnd(18)} ${summary}`).join('\n')}

  ${apps().join(', ')}: the apps themselves, configured by their environment

corrente <command> --help says more.`

/** Finds the command whose words the arguments begin with. */
function found(args: readonly string[]): { command: Command; rest: readonly string[] } | undefined {
  for (const command of commands) {
    const words = command.name.split(' ')
    if (words.every((word, index) => args[index] === word)) {
      return { command, rest: args.slice(words.length) }
    }
  }
  return undefined
}

/** Runs the command line; errors are told as sentences. Resolves with the exit code: 2 for a mistake of the caller's. */
export async function dispatch(args: readonly string[]): Promise<number> {
  try {
    return await run(args)
  } catch (error) {
    const { message, code } = error as Error & { readonly code?: unknown }
    report(message)
    const isUsage =
      error instanceof UsageError ||
      error instanceof SettingsError ||
      // A client of Kafka gives numbers.
      String(code).startsWith('ERR_PARSE_ARGS')
    return isUsage ? 2 : 1
  }
}

async function run(args: readonly string[]): Promise<number> {
  const match = found(args)
  if (!match) {
    const isAsked = args.length === 0 || args[0] === '--help' || args[0] === 'help'
    if (isAsked) print(overview())
    else report(`corrente has no command ${args.join(' ')}\n\n${overview()}`)
    return isAsked ? 0 : 2
  }
  const { command, rest } = match
  const { values } = parseArgs({
    args: [...rest],
    options: { help: { type: 'boolean', short: 'h' } },
    strict: false,
  })
  if (values['help'] === true) {
    print(command.help)
    return 0
  }
  // What a command reads, and what it starts, finds secrets in one place.
  process.env = { ...withSecretFiles(process.env) }
  return command.run(rest)
}
