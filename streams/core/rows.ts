import type { AnyTopic } from '#schemas/topic'

/** A row and where it was written: `partition:offset` is its version. */
export interface Row {
  readonly value: Record<string, unknown>
  readonly version: string
  /** Headers of the record that wrote it which say whose story it belongs to. */
  readonly story: Readonly<Record<string, string>>
}

/** What a record does to the row of its key: it takes it away, or writes it by these bytes. */
export type Change =
  | { readonly key: string; readonly row: undefined }
  | { readonly key: string; readonly row: Row; readonly bytes: Buffer }

/** Rows by key, with the indexes their topic declares. */
export interface Rows {
  get(key: string): Row | undefined
  /** In an order that their keys alone decide. Throws where the topic declares no such index. */
  where(index: string, value: string): readonly Row[]
  /** Makes all the changes, in their order: whoever reads sees none of them or all. */
  apply(changes: readonly Change[]): Promise<void>
  close(): Promise<void>
}

/** An index that is not declared was never kept: to find nothing by it would be a silent lie. */
export function expectDeclared({ name, indexes }: AnyTopic, index: string): void {
  if (!indexes.includes(index)) throw new Error(`${name} declares no index ${index}`)
}
