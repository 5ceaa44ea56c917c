import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const Alert = z.strictObject({
  alert: z.string().regex(/^Corrente[A-Z][A-Za-z]+$/),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+[mh]$/)
    .optional(),
  labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.strictObject({
    summary: z.string().max(120),
    description: z.string().min(60),
    runbook_url: z.string(),
  }),
})
const Recorded = z.strictObject({
  record: z.string().regex(/^corrente:\w+:\w+$/),
  expr: z.string(),
})
const File = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(z.union([Alert, Recorded])) })),
})
export type AlertRule = z.infer<typeof Alert>
export type RecordedRule = z.infer<typeof Recorded>

const folder = 'compose/prometheus/rules'
export const ruleFiles = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => `${folder}/${name}`)

/** Throws where a file is none of rules, or a rule says something no rule of ours does. */
export function readRules(files = ruleFiles): {
  readonly alerts: readonly AlertRule[]
  readonly records: readonly RecordedRule[]
} {
  const rules = files
    .flatMap((path) => File.parse(parse(readFileSync(path, 'utf8'))).groups)
    .flatMap((group) => group.rules)
  return {
    alerts: rules.filter((rule): rule is AlertRule => 'alert' in rule),
    records: rules.filter((rule): rule is RecordedRule => 'record' in rule),
  }
}
