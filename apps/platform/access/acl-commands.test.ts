import { expect, it } from 'vitest'
import { aclCommands } from '#apps/platform/access/acl-commands'
import { granted, onCluster, onTopics, onTransactionsFrom } from '#apps/platform/access/grant'

const start =
  '"${KAFKA_ACLS:-kafka-acls.sh}" --bootstrap-server "$KAFKA_BROKERS" --command-config "$KAFKA_ADMIN_CONFIG" --add'

it('is one call for all that a user may do likewise, without a host or a credential', () => {
  const grants = granted('worker', [
    ...onTopics(['Read'], ['applications', 'payments']),
    ...onTopics(['Write'], ['payments']),
    ...onTransactionsFrom(['Write'], ['payment-keeper-']),
    ...onCluster(['Describe']),
  ])
  expect(aclCommands(grants, 'User:CN=')).toEqual([
    `${start} --allow-principal 'User:CN=worker' --operation Read --topic 'applications'`,
    `${start} --allow-principal 'User:CN=worker' --operation Read --operation Write --topic 'payments'`,
    `${start} --allow-principal 'User:CN=worker' --operation Write --transactional-id 'payment-keeper-' --resource-pattern-type prefixed`,
    `${start} --allow-principal 'User:CN=worker' --operation Describe --cluster`,
  ])
})

it('puts several topics into one call', () => {
  const [line, ...more] = aclCommands(granted('a', onTopics(['Read'], ['x', 'y'])), 'User:')
  expect(more).toEqual([])
  expect(line).toBe(`${start} --allow-principal 'User:a' --operation Read --topic 'x' --topic 'y'`)
})

it('lets no name leave its quotes', () => {
  const [line] = aclCommands(granted("o'brien; rm", onTopics(['Read'], ['x'])), 'User:')
  expect(line).toContain(`--allow-principal 'User:o'\\''brien; rm' `)
})
