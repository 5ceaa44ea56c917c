import kafkajs, { type AclEntry, type Admin } from 'kafkajs'
import type { Grant } from '#apps/platform/access/grant'

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs

const resourceTypes: Readonly<Record<Grant['resource'], kafkajs.AclResourceTypes>> = {
  topic: AclResourceTypes.TOPIC,
  group: AclResourceTypes.GROUP,
  'transactional-id': AclResourceTypes.TRANSACTIONAL_ID,
  cluster: AclResourceTypes.CLUSTER,
}

const operationTypes: Readonly<Record<Grant['operation'], kafkajs.AclOperationTypes>> = {
  All: AclOperationTypes.ALL,
  Read: AclOperationTypes.READ,
  Write: AclOperationTypes.WRITE,
  Create: AclOperationTypes.CREATE,
  Delete: AclOperationTypes.DELETE,
  Alter: AclOperationTypes.ALTER,
  Describe: AclOperationTypes.DESCRIBE,
  DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
  AlterConfigs: AclOperationTypes.ALTER_CONFIGS,
}

/** The grants as Kafka's protocol has them. */
export const aclEntries = (
  grants: readonly Grant[],
  principalPrefix: string,
): readonly AclEntry[] =>
  grants.map(({ principal, resource, name, isPrefix, operation }) => ({
    principal: `${principalPrefix}${principal}`,
    host: '*',
    resourceType: resourceTypes[resource],
    resourceName: name,
    resourcePatternType: isPrefix ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
    operation: operationTypes[operation],
    permissionType: AclPermissionTypes.ALLOW,
  }))

/** Adds the grants to those of the cluster; harmless when repeated. Takes nothing away. */
export const applyAccess = async (
  admin: Pick<Admin, 'createAcls'>,
  grants: readonly Grant[],
  principalPrefix = 'User:',
): Promise<void> => {
  await admin.createAcls({ acl: [...aclEntries(grants, principalPrefix)] })
}
