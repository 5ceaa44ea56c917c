import type { KsqlError } from '#apps/ksql-standin/sql/ksql-error'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%'
export type ComparisonOperator =
  '=' | '<>' | '<' | '<=' | '>' | '>=' | 'IS DISTINCT FROM' | 'IS NOT DISTINCT FROM'

/** What is written in the text: a number keeps its digits. */
export type Literal =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'integer'; readonly digits: string }
  | { readonly kind: 'decimal'; readonly digits: string }
  | { readonly kind: 'double'; readonly digits: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }

/** A value in a statement, as it was written; nothing is resolved yet. */
export type Expression =
  | Literal
  | { readonly kind: 'column'; readonly qualifier: string | null; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'subscript'; readonly of: Expression; readonly index: Expression }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'arithmetic'
      readonly operator: ArithmeticOperator
      readonly left: Expression
      readonly right: Expression
    }
  | Comparison
  | {
      readonly kind: 'logical'
      readonly operator: 'AND' | 'OR'
      /** Two or more. */
      readonly operands: readonly Expression[]
    }
  | { readonly kind: 'not'; readonly of: Expression }
  | Like
  | { readonly kind: 'in'; readonly of: Expression; readonly items: readonly Expression[] }
  | {
      readonly kind: 'between'
      readonly of: Expression
      readonly low: Expression
      readonly high: Expression
    }
  | { readonly kind: 'isNull'; readonly of: Expression; readonly isNegated: boolean }
  | Case
  | { readonly kind: 'cast'; readonly of: Expression; readonly type: SqlType }
  | Call
  | { readonly kind: 'struct'; readonly members: readonly NamedExpression[] }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] }

export interface Comparison {
  readonly kind: 'comparison'
  readonly operator: ComparisonOperator
  readonly left: Expression
  readonly right: Expression
}

export interface Like {
  readonly kind: 'like'
  readonly of: Expression
  readonly pattern: Expression
  /** One character. */
  readonly escape: string | null
}

export interface Case {
  readonly kind: 'case'
  /** Of the form `CASE <operand> WHEN`. */
  readonly operand: Expression | null
  readonly whens: readonly { readonly when: Expression; readonly then: Expression }[]
  readonly otherwise: Expression | null
}

export interface Call {
  readonly kind: 'call'
  readonly name: string
  readonly args: readonly Expression[]
  /** `COUNT(*)`. */
  readonly isStar: boolean
}

export interface NamedExpression {
  readonly name: string
  readonly of: Expression
}

export type SelectItem =
  | { readonly kind: 'star'; readonly qualifier: string | null }
  | { readonly kind: 'value'; readonly of: Expression; readonly alias: string | null }

interface Stated {
  /** The statement as it was sent, variables put in. */
  readonly text: string
}

export interface Select extends Stated {
  readonly kind: 'select'
  readonly items: readonly SelectItem[]
  readonly source: string
  readonly alias: string | null
  readonly where: Expression | null
  /** Clauses that no pull query may have, by their first words. */
  readonly clauses: readonly string[]
  readonly emit: 'CHANGES' | 'FINAL' | null
  readonly limit: string | null
}

export interface ColumnDefinition {
  readonly name: string
  readonly type: SqlType
  readonly constraint: 'PRIMARY KEY' | 'KEY' | null
}

/** A value of a WITH clause, as it was written: text in quotes is `isText`. */
export interface PropertyValue {
  readonly value: string
  readonly isText: boolean
}

export interface CreateTable extends Stated {
  readonly kind: 'createTable'
  readonly name: string
  readonly isSource: boolean
  readonly isOrReplace: boolean
  readonly isIfNotExists: boolean
  readonly columns: readonly ColumnDefinition[]
  /** By name in upper case. */
  readonly properties: ReadonlyMap<string, PropertyValue>
}

export const listedThings = [
  'TABLES',
  'STREAMS',
  'TOPICS',
  'QUERIES',
  'PROPERTIES',
  'FUNCTIONS',
  'TYPES',
  'VARIABLES',
] as const
export type ListedThing = (typeof listedThings)[number]

export type Statement =
  | Select
  | CreateTable
  | (Stated & {
      readonly kind: 'show'
      readonly what: ListedThing
      readonly isExtended: boolean
      /** `SHOW ALL TOPICS`: those of the server, too. */
      readonly isAll: boolean
    })
  | (Stated & { readonly kind: 'describe'; readonly source: string; readonly isExtended: boolean })
  | (Stated & { readonly kind: 'describeAll'; readonly what: 'TABLES' | 'STREAMS' })
  | (Stated & {
      readonly kind: 'drop'
      readonly what: 'TABLE' | 'STREAM'
      readonly source: string
      readonly isIfExists: boolean
      readonly isTopicDeleted: boolean
    })
  | (Stated & { readonly kind: 'print' })
  /** Understood well enough to be refused. */
  | (Stated & { readonly kind: 'refused'; readonly error: KsqlError })
