import kafkajs, { type AclEntry, type Admin } from 'kafkajs'
import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import { accessList } from '#apps/platform/access/access-list'
import { aclEntries } from '#apps/platform/access/apply-access'
import { declaredUnits } from '#apps/platform/declared-units'

const { ok, advice, warning } = findingsOf('access')

/** An access list of the brokers; null where they have none at all. */
export type KnownAccess = readonly Known[] | null
type Known = Omit<AclEntry, 'host'>

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs

/** Asks the brokers for their list. Throws where we may not see it. */
export async function knownAccess(admin: Pick<Admin, 'describeAcls'>): Promise<KnownAccess> {
  try {
    const { resources } = await admin.describeAcls({
      resourceType: AclResourceTypes.ANY,
      resourcePatternType: ResourcePatternTypes.ANY,
      operation: AclOperationTypes.ANY,
      permissionType: AclPermissionTypes.ANY,
    })
    return resources.flatMap(({ resourceType, resourceName, resourcePatternType, acls }) =>
      acls.map(({ principal, operation, permissionType }) => ({
        principal,
        resourceType,
        resourceName,
        resourcePatternType,
        operation,
        permissionType,
      })),
    )
  } catch (error) {
    if ((error as { readonly type?: string }).type === 'SECURITY_DISABLED') return null
    throw error
  }
}

const isAllowed = (known: Known) => known.permissionType === AclPermissionTypes.ALLOW
const isWrite = ({ operation }: Known) =>
  operation === AclOperationTypes.WRITE || operation === AclOperationTypes.ALL
/** Users of production names whose lists are looked at; the others are there only where such a program is. */
const ours: readonly string[] = ['worker', 'payment-proxy', 'ingest', 'operations']

/** Whether the brokers let everybody write, and whether what the topology needs is granted under our names. */
export function accessFindings(known: KnownAccess): readonly Finding[] {
  if (known === null) {
    return [
      warning(
        'the brokers have no authorizer: whoever reaches them writes payments; set authorizer.class.name, ' +
          'allow.everyone.if.no.acl.found=false, and apply corrente acls --commands',
      ),
    ]
  }
  const open = known.filter(
    (one) =>
      isAllowed(one) &&
      isWrite(one) &&
      one.resourceType === AclResourceTypes.TOPIC &&
      (one.principal === 'User:*' || one.resourceName === '*'),
  )
  const lacking = ours.flatMap((principal) => missingOf(principal, known))
  const found = [
    ...new Set(
      open.map(
        ({ principal, resourceName }) =>
          `${principal} may write ${resourceName === '*' ? 'every topic' : resourceName}: take it away by kafka-acls --remove`,
      ),
    ),
  ].map(warning)
  const all = [...found, ...lacking]
  return all.length > 0 ? all : [ok('the access list has what each of our users needs')]
}

/** One sentence for a user with no or too few grants; none for one that the cluster calls otherwise. */
function missingOf(principal: string, known: readonly Known[]): readonly Finding[] {
  const own = known.filter((one) => isAllowed(one) && one.principal === `User:${principal}`)
  if (own.length === 0) {
    return [
      advice(
        `the access list does not know User:${principal}: where it has another name there, compare with corrente acls`,
      ),
    ]
  }
  const wanted = aclEntries(
    accessList(declaredUnits).filter((grant) => grant.principal === principal),
    'User:',
  )
  const missing = wanted.filter((one) => !own.some((grant) => covers(grant, one)))
  if (missing.length === 0) return []
  const [first] = missing
  return [
    warning(
      `User:${principal} lacks ${missing.length} grants, ${first!.resourceName} the first: apply corrente acls --principal ` +
        `${principal} --commands`,
    ),
  ]
}

function covers(grant: Known, wanted: Omit<Known, 'principal'>): boolean {
  if (grant.resourceType !== wanted.resourceType) return false
  if (grant.operation !== wanted.operation && !includes(grant.operation, wanted.operation)) {
    return false
  }
  if (grant.resourcePatternType === ResourcePatternTypes.PREFIXED) {
    return wanted.resourceName.startsWith(grant.resourceName)
  }
  const isSame = grant.resourceName === '*' || grant.resourceName === wanted.resourceName
  return isSame && wanted.resourcePatternType === ResourcePatternTypes.LITERAL
}

/** What an operation includes by Kafka's own rule. */
const includes = (granted: Known['operation'], wanted: Known['operation']): boolean =>
  granted === AclOperationTypes.ALL ||
  (wanted === AclOperationTypes.DESCRIBE &&
    [
      AclOperationTypes.READ,
      AclOperationTypes.WRITE,
      AclOperationTypes.DELETE,
      AclOperationTypes.ALTER,
    ].includes(granted)) ||
  (wanted === AclOperationTypes.DESCRIBE_CONFIGS && granted === AclOperationTypes.ALTER_CONFIGS)
