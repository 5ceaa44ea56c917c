import { type Access, gathered } from '#apps/platform/access/gathered'
import type { Grant } from '#apps/platform/access/grant'

/** Where the tool finds the cluster and the file with the credentials of its administrator. */
const tool =
  '"${KAFKA_ACLS:-kafka-acls.sh}" --bootstrap-server "$KAFKA_BROKERS" --command-config "$KAFKA_ADMIN_CONFIG"'

/** The access list as calls of Kafka's own tool, one a line. Repeated they change nothing; they take nothing away. */
export function aclCommands(grants: readonly Grant[], principalPrefix: string): readonly string[] {
  const calls = new Map<string, { readonly first: Access; readonly names: string[] }>()
  for (const access of gathered(grants)) {
    const { principal, resource, isPrefix, operations, name } = access
    const key = [principal, resource, isPrefix, ...operations].join(' ')
    const call = calls.get(key) ?? { first: access, names: [] }
    call.names.push(name)
    calls.set(key, call)
  }
  return [...calls.values()].map(({ first, names }) =>
    [
      tool,
      '--add',
      `--allow-principal ${quoted(principalPrefix + first.principal)}`,
      ...first.operations.map((operation) => `--operation ${operation}`),
      ...(first.resource === 'cluster'
        ? ['--cluster']
        : names.map((name) => `--${first.resource} ${quoted(name)}`)),
      ...(first.isPrefix ? ['--resource-pattern-type prefixed'] : []),
    ].join(' '),
  )
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
