import type { Grant, Operation } from '#apps/platform/access/grant'

/** What a principal may do with one thing. */
export interface Access extends Omit<Grant, 'operation'> {
  readonly operations: readonly Operation[]
}

/** The grants by what they are for, in their order. */
export function gathered(grants: readonly Grant[]): readonly Access[] {
  const found = new Map<string, Omit<Access, 'operations'> & { operations: Operation[] }>()
  for (const { principal, resource, name, isPrefix, operation } of grants) {
    const key = [principal, resource, name, isPrefix].join(' ')
    const access = found.get(key) ?? { principal, resource, name, isPrefix, operations: [] }
    access.operations.push(operation)
    found.set(key, access)
  }
  return [...found.values()]
}
