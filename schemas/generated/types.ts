// Written by schemas/generate.ts from the .avsc files; not to be edited.

/** Integer cents; a decimal with two digits on the wire. */
export type Cents = number

/** Bytes as they are; base64 in plain JSON. */
export type Bytes = Buffer

/** Lower case, with hyphens. */
export type Uuid = string

/** ISO 8601 with an offset, whole seconds. */
export type DateTime = string

/** 18 digits. */
export type NoticeCode = string

/** At most 35 characters. */
export type Iuv = string

/** At most 35 characters; 32 hex digits of what was born here. */
export type Iud = string

/** 16 characters or 11 digits, upper case. */
export type TaxCode = string

/** Upper case, no spaces. */
export type Iban = string

/** Text of a JSON value. */
export type JsonText = string

/** The outcome of a payment, to be reported to the register of applications. */
export interface ApplicationUpdate {
  /** Application the payment belongs to. */
  readonly application_id: Uuid
  /** Payment that ended. */
  readonly payment_id: Uuid
  /** Public body. */
  readonly tenant_id: Uuid
  /** Outcome. */
  readonly status: ApplicationUpdateStatus
  /** Code of the outcome, for machines. */
  readonly status_code: string
  /** Outcome in words. */
  readonly status_message: string
  /** Address that takes the outcome. */
  readonly notify_url: string
  /** HTTP method. */
  readonly notify_method: string
  /** Transaction at the intermediary. */
  readonly transaction_id: string | null
  /** Of a KO that could be taken back: when it is told. */
  readonly held_until: DateTime | null
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** OK moves the application on, KO ends it; RETRY asks that the KO of a failed creation is not told. */
export type ApplicationUpdateStatus = 'OK' | 'KO' | 'RETRY'

/** A citizen's request, as the register of applications publishes it; only what a payment is made of. Which configuration serves it follows from body and digital service, so payment_type and payment_data.config_id are not read. */
export interface Application {
  /** Identity of the application. */
  readonly id: Uuid
  /** Identity of the citizen. */
  readonly user: Uuid
  /** Digital service asked for; the record key. */
  readonly service_id: Uuid
  /** Public body. */
  readonly tenant_id: Uuid
  /** The form as filled in: a flat object with dotted keys. */
  readonly data: JsonText
  /** When the application was created. */
  readonly created_at: DateTime | null
  /** Present where a payment is asked. */
  readonly payment_data: PaymentData | null
  /** Status code, such as 1500. */
  readonly status: string
  /** Status name, such as status_payment_pending. */
  readonly status_name: string
  /** Language of the application. */
  readonly locale: string | null
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** What is to be paid; incomplete in a draft. */
export interface PaymentData {
  /** Sum to pay. */
  readonly amount: Cents | null
  /** Reason shown to the payer; may hold a tax code. */
  readonly reason: string | null
  /** Deadline of the payment. */
  readonly expire_at: DateTime | null
  /** Shares by budget item. */
  readonly split: readonly PaymentDataSplit[]
  /** Digital revenue stamps; an application with any is set aside. */
  readonly stamps: readonly PaymentDataStamp[]
  /** Where the outcome is reported. */
  readonly notify: Target | null
  /** Where the payer lands after paying. */
  readonly landing: Target | null
}

/** A share of the sum for one budget item. */
export interface PaymentDataSplit {
  /** Budget item. */
  readonly code: string
  /** Share, or weight where the shares add up to 1.00; the one that is null takes what the others leave. */
  readonly amount: Cents | null
  /** Members only the intermediary knows. */
  readonly meta: JsonText
}

/** A digital revenue stamp to pay. */
export interface PaymentDataStamp {
  /** Value of the stamp. */
  readonly amount: Cents | null
  /** Taxonomy code of the collection. */
  readonly collection_data: string | null
  /** Reason shown to the payer. */
  readonly reason: string | null
}

/** An address of the register of applications. */
export interface Target {
  /** Address to call or to open, which may carry a token. */
  readonly url: string | null
  /** HTTP method. */
  readonly method: string | null
}

/** What came of a payment whose creation failed. */
export interface FailedCreation {
  /** Payment; the record key. */
  readonly payment_id: Uuid
  /** What came first; it stays. */
  readonly outcome: FailedCreationOutcome
}

/** TOLD: its application was told, and has ended. RETRIED: another payment took its place. */
export type FailedCreationOutcome = 'TOLD' | 'RETRIED'

/** What lies on an account. */
export interface AccountBalance {
  /** What is booked, minor units of the currency. */
  readonly posted: number
  /** What of it is held, minor units of the currency. */
  readonly held: number
}

/** A card that draws on an account. */
export interface AccountCard {
  /** Keyed token of the card number. */
  readonly card_id: string
  /** First six and last four digits of its number, stars between. */
  readonly display: string
  /** Whether it may be used. */
  readonly status: CardStatus
  /** It is refused from then on; null where nobody said, milliseconds since the epoch */
  readonly expires_at: number | null
}

/** Whether it may be used. */
export type CardStatus = 'Active' | 'Blocked'

/** A card that draws on an account which is not its own. */
export interface CardAccount {
  /** Keyed token of the card number; the record key. */
  readonly card_id: string
  /** Account it draws on. */
  readonly account_id: string
}

/** A decision, as it is told: once for each time that it was asked for. */
export interface DebitDecided {
  /** Account: the token of its card, or of its own; the record key. */
  readonly account_id: string
  /** The event on debits that it answers. */
  readonly request_event_id: Uuid
  /** Whether the request had come before: the decision is the first one, and changed nothing this time. */
  readonly is_repeat: boolean
  /** The decision. */
  readonly decision: DebitDecision
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 1.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** What became of a request. */
export interface DebitDecision {
  /** Account: the token of its card, or of its own; the record key. */
  readonly account_id: string
  /** Request. */
  readonly request_id: string
  /** What was asked for, a type of DebitRequest. */
  readonly type: string
  /** Response code, DE 39 of ISO 8583: 00 approved, 10 approved in part, others refused. */
  readonly code: string
  /** Why, for machines: approved, insufficient-funds and the like. */
  readonly reason: string
  /** How much was asked for; 0 where no amount is, minor units of the currency. */
  readonly asked: number
  /** How much was taken, held, released, credited or given back, minor units of the currency. */
  readonly amount: number
  /** ISO 4217, three letters. */
  readonly currency: string
  /** Of the account before it. */
  readonly before: AccountBalance
  /** Of the account after it. */
  readonly after: AccountBalance
  /** Card it was made with. */
  readonly card_id: string | null
  /** First six and last four digits of its number. */
  readonly card_display: string | null
  /** Branch of the account. */
  readonly branch: number | null
  /** Number of the account. */
  readonly number: number | null
  /** Authorisation it is about. */
  readonly hold_id: string | null
  /** What is still held of that, minor units of the currency. */
  readonly hold_left: number | null
  /** Request that it undoes. */
  readonly original_id: string | null
  /** When it was decided, by the clock of the log, milliseconds since the epoch. */
  readonly decided_at: number
  /** Partition of debits the request lies in. */
  readonly origin_partition: number
  /** Its offset there. */
  readonly origin_offset: number
}

/** What every DebitRequest has. */
export interface DebitRequestMembers {
  /** Account: the token of its card, or of its own; the record key. */
  readonly account_id: string
  /** Its id, of whoever asks or made for him: one id, one effect. */
  readonly request_id: string
  /** Digest of what was asked for: an id that comes with another one is refused. */
  readonly fingerprint: string
  /** When whoever asks says that he first did, milliseconds since the epoch. */
  readonly requested_at: number
  /** Not taken after that, milliseconds since the epoch; 0 where nobody waits for the answer. */
  readonly deadline_at: number
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 1.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** What an account is asked for. The block named by the type is present, and no other. */
export type DebitRequest = DebitRequestMembers &
  (
    | { readonly type: 'OpenAccount'; readonly open_account: DebitRequestOpenAccount }
    | { readonly type: 'AddCard'; readonly add_card: DebitRequestAddCard }
    | { readonly type: 'ChangeStatus'; readonly change_status: DebitRequestChangeStatus }
    | { readonly type: 'Credit'; readonly credit: DebitRequestCredit }
    | { readonly type: 'Debit'; readonly debit: DebitRequestDebit }
    | { readonly type: 'Authorise'; readonly authorise: DebitRequestAuthorise }
    | { readonly type: 'Increment'; readonly increment: DebitRequestIncrement }
    | { readonly type: 'Post'; readonly post: DebitRequestPost }
    | { readonly type: 'Void'; readonly void: DebitRequestVoid }
    | { readonly type: 'Reverse'; readonly reverse: DebitRequestReverse }
    | { readonly type: 'Refund'; readonly refund: DebitRequestRefund }
    | { readonly type: 'HoldDue'; readonly hold_due: DebitRequestHoldDue }
  )

/** What an account is asked for. */
export type DebitRequestType =
  | 'OpenAccount'
  | 'AddCard'
  | 'ChangeStatus'
  | 'Credit'
  | 'Debit'
  | 'Authorise'
  | 'Increment'
  | 'Post'
  | 'Void'
  | 'Reverse'
  | 'Refund'
  | 'HoldDue'

/** A new account, and what lies on it. */
export interface DebitRequestOpenAccount {
  /** ISO 4217, three letters. */
  readonly currency: string
  /** What it begins with, minor units of the currency. */
  readonly opening_balance: number
  /** Branch, agência in the contract of the source. */
  readonly branch: number | null
  /** Number of the account, numeroConta in the contract of the source. */
  readonly number: number | null
  /** Its first card. */
  readonly card: AccountCard | null
}

/** One more card draws on it. */
export interface DebitRequestAddCard {
  /** The card. */
  readonly card: AccountCard
}

/** The account, or one of its cards, may be used or no longer. */
export interface DebitRequestChangeStatus {
  /** Of the account; null where it is about a card. */
  readonly account_status: AccountStatus | null
  /** Whose status it is; null where it is about the account. */
  readonly card_id: string | null
  /** Of the card; null where it is about the account. */
  readonly card_status: CardStatus | null
}

/** Whether an account takes requests. */
export type AccountStatus = 'Active' | 'Blocked' | 'Closed'

/** Money comes in. */
export interface DebitRequestCredit {
  /** How much, minor units of the currency. */
  readonly amount: number
  /** ISO 4217, three letters. */
  readonly currency: string
  /** What the statement says of it. */
  readonly text: string | null
}

/** Money leaves at once. */
export interface DebitRequestDebit {
  /** How much, minor units of the currency. */
  readonly amount: number
  /** ISO 4217, three letters. */
  readonly currency: string
  /** Card it is made with; null where none is. */
  readonly card_id: string | null
  /** Whether less may be approved. */
  readonly allows_partial: boolean
  /** What the statement says of it. */
  readonly text: string | null
}

/** Money is held until it is posted, released or no longer valid. */
export interface DebitRequestAuthorise {
  /** How much, minor units of the currency. */
  readonly amount: number
  /** ISO 4217, three letters. */
  readonly currency: string
  /** Card it is made with; null where none is. */
  readonly card_id: string | null
  /** Whether less may be approved. */
  readonly allows_partial: boolean
  /** It is held until then; null for as long as is usual, milliseconds since the epoch */
  readonly expires_at: number | null
  /** What the statement says of it. */
  readonly text: string | null
}

/** More is held. */
export interface DebitRequestIncrement {
  /** The authorisation it is about: the id of its request. */
  readonly hold_id: string
  /** How much, minor units of the currency. */
  readonly amount: number
  /** ISO 4217, three letters. */
  readonly currency: string
}

/** Of what is held, money leaves. */
export interface DebitRequestPost {
  /** The authorisation it is about: the id of its request. */
  readonly hold_id: string
  /** How much, minor units of the currency. */
  readonly amount: number
  /** ISO 4217, three letters. */
  readonly currency: string
  /** Whether the rest is released. */
  readonly is_final: boolean
  /** What the statement says of it. */
  readonly text: string | null
}

/** What is still held is released. */
export interface DebitRequestVoid {
  /** The authorisation it is about: the id of its request. */
  readonly hold_id: string
}

/** An earlier request is undone, or, where it has not come yet, forestalled. */
export interface DebitRequestReverse {
  /** Id of the request that is undone. */
  readonly original_id: string
  /** When that one was made, milliseconds since the epoch */
  readonly original_requested_at: number | null
  /** How much of it; null for all that stands, minor units of the currency. */
  readonly amount: number | null
  /** ISO 4217, three letters, of that amount; null where there is none. */
  readonly currency: string | null
  /** The event of the try that was told to be too late: it alone is undone. Null where whoever asks wants it undone. */
  readonly late_event_id: Uuid | null
}

/** Money comes back, whatever became of the request it was paid by. */
export interface DebitRequestRefund {
  /** That request, where it is known. */
  readonly original_id: string | null
  /** How much, minor units of the currency. */
  readonly amount: number
  /** ISO 4217, three letters. */
  readonly currency: string
  /** What the statement says of it. */
  readonly text: string | null
}

/** The time of a hold is over. */
export interface DebitRequestHoldDue {
  /** The authorisation it is about: the id of its request. */
  readonly hold_id: string
}

/** What every DebitRow has. */
export interface DebitRowMembers {
  /** Kind, account and what is kept of it; the record key. */
  readonly id: string
}

/** A row of what the authoriser keeps. The block named by the kind is present, and no other. */
export type DebitRow = DebitRowMembers &
  (
    | { readonly kind: 'Account'; readonly account: KeptAccount }
    | { readonly kind: 'Request'; readonly request: KeptRequest }
    | { readonly kind: 'Hold'; readonly hold: KeptHold }
  )

/** What is kept. */
export type DebitRowKind = 'Account' | 'Request' | 'Hold'

/** An account as it was last decided. */
export interface KeptAccount {
  /** Account. */
  readonly account_id: string
  /** ISO 4217, three letters. */
  readonly currency: string
  /** Whether it takes requests. */
  readonly status: AccountStatus
  /** Branch. */
  readonly branch: number | null
  /** Number of the account. */
  readonly number: number | null
  /** All that was ever credited, minor units of the currency. */
  readonly credits: number
  /** All that was ever debited, minor units of the currency. */
  readonly debits: number
  /** What is held, minor units of the currency. */
  readonly held: number
  /** Lines of its statement so far. */
  readonly sequence: number
  /** Cards that draw on it. */
  readonly cards: readonly AccountCard[]
  /** When it was opened, milliseconds since the epoch. */
  readonly opened_at: number
}

/** A request whose id is known. */
export interface KeptRequest {
  /** Digest of what was asked for. */
  readonly fingerprint: string
  /** The event that was decided, or that was told to be too late before it came; null where another request forestalled all of them. */
  readonly event_id: Uuid | null
  /** What became of it; null where it was undone before it came. */
  readonly decision: DebitDecision | null
  /** How much of it was given back, minor units of the currency. */
  readonly reversed: number
  /** Events of later tries that were told of it. */
  readonly told: readonly Uuid[]
  /** Events of tries that were told to be too late while others were not. */
  readonly late: readonly Uuid[]
}

/** What is held for an authorisation. */
export interface KeptHold {
  /** Id of its request. */
  readonly hold_id: string
  /** Account. */
  readonly account_id: string
  /** Card. */
  readonly card_id: string | null
  /** First six and last four digits of its number. */
  readonly card_display: string | null
  /** ISO 4217, three letters. */
  readonly currency: string
  /** All that was authorised, minor units of the currency. */
  readonly authorised: number
  /** What of it has left, minor units of the currency. */
  readonly posted: number
  /** What is still held, minor units of the currency. */
  readonly left: number
  /** Whether more can come of it. */
  readonly is_open: boolean
  /** When it ends, milliseconds since the epoch. */
  readonly expires_at: number
}

/** An entry of the books: what is debited is what is credited. */
export interface LedgerEntry {
  /** Account: the token of its card, or of its own; the record key. */
  readonly account_id: string
  /** Request it was booked for. */
  readonly request_id: string
  /** ISO 4217, three letters. */
  readonly currency: string
  /** Its sides. */
  readonly postings: readonly Posting[]
  /** When it was booked, by the clock of the log, milliseconds since the epoch. */
  readonly booked_at: number
  /** Partition of debits the request lies in. */
  readonly origin_partition: number
  /** Its offset there. */
  readonly origin_offset: number
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 1.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** One side of an entry. */
export interface Posting {
  /** Account of the books, contaContabil in the contract of the source. */
  readonly ledger_account: string
  /** Side. */
  readonly nature: PostingNature
  /** How much; above zero, minor units of the currency. */
  readonly amount: number
}

/** Side. */
export type PostingNature = 'Debit' | 'Credit'

/** A line of the statement of an account, lançamento in the contract of the source. */
export interface StatementEntry {
  /** Account: the token of its card, or of its own; the record key. */
  readonly account_id: string
  /** Its place among the lines of the account, from 1. */
  readonly sequence: number
  /** Request it tells of. */
  readonly request_id: string
  /** What was asked for, a type of DebitRequest. */
  readonly type: string
  /** What it adds to what is booked, minor units of the currency; below zero where money leaves. */
  readonly amount: number
  /** ISO 4217, three letters. */
  readonly currency: string
  /** What is booked after it, minor units of the currency. */
  readonly balance: number
  /** Branch of the account. */
  readonly branch: number | null
  /** Number of the account. */
  readonly number: number | null
  /** First six and last four digits of the card. */
  readonly card_display: string | null
  /** What the statement says of it. */
  readonly text: string | null
  /** When it was booked, by the clock of the log, milliseconds since the epoch. */
  readonly booked_at: number
  /** Partition of debits the request lies in. */
  readonly origin_partition: number
  /** Its offset there. */
  readonly origin_offset: number
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 1.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** A header of a Kafka record. */
export interface Header {
  /** Its name. */
  readonly name: string
  /** Its text. */
  readonly value: string
}

/** What an operator did, written in the transaction that did it. One that took several transactions has a record in each. */
export interface Operation {
  /** One call of a command, or one press on a page; the record key. Its records add up. */
  readonly operation_id: Uuid
  /** What was done: redrive, drop, release, retry. */
  readonly action: string
  /** When. */
  readonly at: DateTime
  /** Who, by the name of the account on the machine or of who is signed in. */
  readonly operator: string | null
  /** From where: command, page. */
  readonly via: string
  /** Why, in words of the operator. */
  readonly reason: string | null
  /** Unit whose records they are; null where it is not about one. */
  readonly unit: string | null
  /** Which were meant, as they were asked for. */
  readonly selection: string
  /** What it was done to in this transaction: places of dead letters, order keys, a payment id. */
  readonly subjects: readonly string[]
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 1.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** A record as it was first read, whole: its place, time, key, bytes and headers. */
export interface OriginalRecord {
  /** Topic it was read from. */
  readonly topic: string
  /** Partition it was read from. */
  readonly partition: number
  /** Offset it was read at. */
  readonly offset: number
  /** Its time, milliseconds since the epoch. */
  readonly timestamp: number
  /** Its key. */
  readonly key: string | null
  /** Its bytes. */
  readonly value: Bytes | null
  /** Its headers. */
  readonly headers: readonly Header[]
}

/** A record a task could not finish yet. It and all later ones of its order key wait here; the others flow. */
export interface ParkedRecord {
  /** Order key, slash, sequence of 12 digits; the record key. */
  readonly place: string
  /** Whose order is kept, as the task's orderBy says. */
  readonly order_key: string
  /** Place among the records of its order key, from 1; the lowest is handled next. */
  readonly sequence: number
  /** Outside party it is for, as the task's partyOf says. */
  readonly party: string | null
  /** How often it was tried so far. */
  readonly attempts: number
  /** What the last try met, no value of the record; null where it was not tried. */
  readonly error: string | null
  /** When it was first tried, milliseconds since the epoch; null where it was not tried. */
  readonly first_tried_at: number | null
  /** When it was parked, milliseconds since the epoch. */
  readonly parked_at: number
  /** Not tried again before this, milliseconds since the epoch. */
  readonly due_at: number
  /** The record as it was first read. */
  readonly record: OriginalRecord
}

/** What an operator decided on a dead letter. */
export interface Redrive {
  /** Unit whose dead letter it is; the record key. */
  readonly unit: string
  /** Partition of the dead letter. */
  readonly partition: number
  /** Offset of the dead letter. */
  readonly offset: number
  /** Sent back to its unit, or given up. */
  readonly action: RedriveAction
  /** When it was decided. */
  readonly at: DateTime
  /** Who decided, by the name of the account on the machine. */
  readonly operator: string | null
  /** Why, in words of the operator. */
  readonly reason: string | null
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** What was done. */
export type RedriveAction = 'redriven' | 'dropped'

/** A record that a unit wants to read at a later instant: when it is due the engine appends it to the unit's input. */
export interface Timer {
  /** Due time in milliseconds of 15 digits, slash, id; the record key. Places sort by time. */
  readonly place: string
  /** Appended once this has passed, milliseconds since the epoch. */
  readonly due_at: number
  /** Key of the record to append. */
  readonly key: string
  /** Bytes of the record to append. */
  readonly value: Bytes
  /** Headers of the record to append: the story it belongs to. */
  readonly headers: readonly Header[]
}

/** Where a unit began to read, so that a lost offset is never taken for a first run. */
export interface UnitStart {
  /** Name of the unit; the record key. */
  readonly unit: string
  /** Topic it reads. */
  readonly input: string
  /** Partitions of the input then. */
  readonly partitions: number
  /** What it was told: earliest, latest or a time. */
  readonly from: string
  /** When it was noted. */
  readonly noted_at: DateTime
}

/** An export as it is now. */
export interface ExportCurrent {
  /** Export; the record key. */
  readonly export_id: Uuid
  /** Of what is exported, the same for the same terms. */
  readonly content_key: string
  /** What is exported. */
  readonly terms: ExportTerms
  /** How far it is. */
  readonly state: ExportState
  /** Movements in all; null until they are counted. */
  readonly records: number | null
  /** Documents made. */
  readonly rendered: number
  /** Movements that have no document. */
  readonly failed: number
  /** When it was first asked for. */
  readonly requested_at: DateTime
  /** When its movements were counted. */
  readonly rendering_at: DateTime | null
  /** The state of its movements is that of this instant. */
  readonly as_of: DateTime | null
  /** When it could first be fetched. */
  readonly ready_at: DateTime | null
  /** From then on nothing of it can be fetched; null until it is ready. */
  readonly expires_at: DateTime | null
  /** The archive or the file; null until it is ready. */
  readonly result: ExportResult | null
  /** Why it failed; null where it did not. */
  readonly failure: ExportFailure | null
  /** When this was so. */
  readonly updated_at: DateTime
}

/** How far it is. */
export type ExportState =
  | 'PENDING'
  | 'EXTRACTING'
  | 'SPLITTING'
  | 'RENDERING'
  | 'COLLECTING'
  | 'READY'
  | 'READY_WITH_ERRORS'
  | 'EXPIRED'
  | 'FAILED'
  | 'CANCELLING'
  | 'CANCELLED'

/** What came out. */
export interface ExportResult {
  /** Key of it in the object store. */
  readonly key: string
  /** Its length. */
  readonly bytes: number
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string
}

/** Why there is no result. */
export interface ExportFailure {
  /** Unit that reported it. */
  readonly step: string
  /** Why, for programs. */
  readonly code: string
  /** Why, for people; nothing personal. */
  readonly message: string
}

/** Movements to be read and stored as one file. */
export interface ExportExtraction {
  /** Of what is exported, the same for the same terms; the record key. */
  readonly content_key: string
  /** Export. */
  readonly export_id: Uuid
  /** What to read. */
  readonly terms: ExportTerms
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** What every ExportFact has. */
export interface ExportFactMembers {
  /** Of what is exported, the same for the same terms; the record key. */
  readonly content_key: string
  /** Export; of Requested the one that it begins, unless another one serves it: the request itself names it. */
  readonly export_id: Uuid
  /** When it happened. */
  readonly occurred_at: DateTime
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** What happened to an export. The block named by the type is present where the type has one, and no other. */
export type ExportFact = ExportFactMembers &
  (
    | { readonly type: 'Requested'; readonly requested: ExportFactRequested }
    | { readonly type: 'Extracted'; readonly extracted: ExportFactExtracted }
    | { readonly type: 'ChunksFound'; readonly chunks_found: ExportFactChunksFound }
    | { readonly type: 'Split'; readonly split: ExportFactSplit }
    | { readonly type: 'ChunkRendered'; readonly chunk_rendered: ExportFactChunkRendered }
    | { readonly type: 'Packed'; readonly packed: ExportFactPacked }
    | { readonly type: 'StepFailed'; readonly step_failed: ExportFactStepFailed }
    | { readonly type: 'CancelRequested'; readonly cancel_requested: ExportFactCancelRequested }
    | { readonly type: 'ExpiryDue' }
    | { readonly type: 'StallDue' }
    | { readonly type: 'Purged'; readonly purged: ExportFactPurged }
  )

/** What happened. */
export type ExportFactType =
  | 'Requested'
  | 'Extracted'
  | 'ChunksFound'
  | 'Split'
  | 'ChunkRendered'
  | 'Packed'
  | 'StepFailed'
  | 'CancelRequested'
  | 'ExpiryDue'
  | 'StallDue'
  | 'Purged'

/** Somebody asked for it. */
export interface ExportFactRequested {
  /** The request. */
  readonly request_id: Uuid
  /** Who asked, as the API knows them. */
  readonly requested_by: string
  /** What was asked for. */
  readonly terms: ExportTerms
  /** Whether somebody is to be told what comes of it. Who that is, is not said here, where it would stay for ever. */
  readonly is_to_be_told: boolean
}

/** The movements are in the object store. */
export interface ExportFactExtracted {
  /** Key of the file of movements in the object store. */
  readonly key: string
  /** Its length. */
  readonly bytes: number
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string
  /** The state of the movements is that of this instant. */
  readonly as_of: DateTime
}

/** Where some of its chunks lie, in order. */
export interface ExportFactChunksFound {
  /** Chunks. */
  readonly chunks: readonly ExportChunk[]
}

/** Movements that are printed together. */
export interface ExportChunk {
  /** From 0. */
  readonly number: number
  /** Number of its first record in the export, from 0. */
  readonly first_record: number
  /** Line of the file that it begins in, from 1. */
  readonly first_line: number
  /** Records in it. */
  readonly records: number
  /** Where it begins in the file of movements. */
  readonly from_byte: number
  /** Where it ends, exclusive. */
  readonly to_byte: number
}

/** All of its chunks are found. */
export interface ExportFactSplit {
  /** Movements in all. */
  readonly records: number
  /** Chunks in all. */
  readonly chunks: number
  /** Key of what all its chunks are read and printed by. */
  readonly plan_key: string
}

/** A chunk is printed: its segment of the archive is in the object store. */
export interface ExportFactChunkRendered {
  /** Chunk. */
  readonly number: number
  /** Documents in it. */
  readonly rendered: number
  /** Movements of it that have none. */
  readonly failed: number
  /** Length of its segment. */
  readonly bytes: number
  /** Code of the first failure in it; null where nothing failed. */
  readonly first_failure: string | null
}

/** The archive is in the object store. */
export interface ExportFactPacked {
  /** Key of the archive in the object store. */
  readonly key: string
  /** Its length. */
  readonly bytes: number
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string
}

/** A step can not be done, now or ever. */
export interface ExportFactStepFailed {
  /** Unit that reports it. */
  readonly step: string
  /** Why, for programs. */
  readonly code: string
  /** Why, for people; nothing personal. */
  readonly message: string
}

/** Somebody gave a request up. */
export interface ExportFactCancelRequested {
  /** The request. */
  readonly request_id: Uuid
  /** Who, as the API knows them. */
  readonly cancelled_by: string
}

/** Nothing of it is in the object store. */
export interface ExportFactPurged {
  /** Objects deleted. */
  readonly objects: number
}

/** Who is told what comes of a request for an export. */
export interface ExportNotify {
  /** Address of a mail; null where none is sent. */
  readonly email: string | null
  /** A webhook, by its name in the settings of who sends; null where none is told. */
  readonly webhook: string | null
  /** Language of what is said, such as es-PE. */
  readonly language: string
  /** Where the request is shown to whoever may see it; nothing in it opens a file. */
  readonly page: string
}

/** Segments to be made one archive. */
export interface ExportPacking {
  /** Of what is exported, the same for the same terms; the record key. */
  readonly content_key: string
  /** Export. */
  readonly export_id: Uuid
  /** Segments. */
  readonly chunks: number
  /** Movements. */
  readonly records: number
  /** Movements that have no document. */
  readonly failed: number
  /** SHA-256 of the file of movements, hexadecimal. */
  readonly csv_sha256: string
  /** The state of the movements is that of this instant. */
  readonly as_of: DateTime
  /** Template and its version. */
  readonly template: string
  /** BCP 47, such as es-CO. */
  readonly language: string
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** Everything stored for an export is to be deleted. */
export interface ExportPurging {
  /** Of what is exported, the same for the same terms; the record key. */
  readonly content_key: string
  /** Export. */
  readonly export_id: Uuid
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** What every ExportRequest has. */
export interface ExportRequestMembers {
  /** The request, also of what is given up; the record key. */
  readonly request_id: Uuid
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** Somebody asks for an export, or that one is given up. The block named by the type is present, and no other. */
export type ExportRequest = ExportRequestMembers &
  (
    | { readonly type: 'Create'; readonly create: ExportRequestCreate }
    | { readonly type: 'Cancel'; readonly cancel: ExportRequestCancel }
  )

/** What is asked for. */
export type ExportRequestType = 'Create' | 'Cancel'

/** An export of what the terms say. */
export interface ExportRequestCreate {
  /** Who asks, as the API knows them. */
  readonly requested_by: string
  /** What is asked for. */
  readonly terms: ExportTerms
  /** Who is told what comes of it; no part of what is exported. Null where nobody is. */
  readonly notify: ExportNotify | null
}

/** Where nobody else has asked for it, everything made for it is deleted, whatever state it is in. */
export interface ExportRequestCancel {
  /** Of what is exported, the same for the same terms. */
  readonly content_key: string
  /** Export. */
  readonly export_id: Uuid
  /** Who gives it up, as the API knows them. */
  readonly cancelled_by: string
}

/** What every ExportRow has. */
export interface ExportRowMembers {
  /** Kind, and what is kept; the record key. */
  readonly id: string
}

/** A row of what the keeper of exports keeps. The block named by the kind is present, and no other. */
export type ExportRow = ExportRowMembers &
  (
    | { readonly kind: 'Content'; readonly content: KeptContent }
    | { readonly kind: 'Export'; readonly export: KeptExport }
    | { readonly kind: 'Chunk'; readonly chunk: KeptChunk }
  )

/** What is kept. */
export type ExportRowKind = 'Content' | 'Export' | 'Chunk'

/** Which export serves who asks for this content now. */
export interface KeptContent {
  /** Export. */
  readonly export_id: Uuid
}

/** An export as it was last decided. */
export interface KeptExport {
  /** As everybody sees it. */
  readonly current: ExportCurrent
  /** Requests that led to it. */
  readonly request_ids: readonly string[]
  /** Requests of which somebody is still to be told what comes of it. */
  readonly to_be_told: readonly string[]
  /** The file of movements; null until it is stored. */
  readonly csv: ExportResult | null
  /** Key of what all its chunks are read and printed by. */
  readonly plan_key: string | null
  /** Chunks known so far. */
  readonly chunks_found: number
  /** Chunks that were given out to be printed, from 0 on. */
  readonly chunks_issued: number
  /** Chunks that are printed. */
  readonly chunks_done: number
}

/** A chunk, and whether it is printed. */
export interface KeptChunk {
  /** Where it lies. */
  readonly chunk: ExportChunk
  /** Whether it is printed. */
  readonly is_done: boolean
}

/** A file of movements to be split into chunks. */
export interface ExportSplitting {
  /** Of what is exported, the same for the same terms; the record key. */
  readonly content_key: string
  /** Export. */
  readonly export_id: Uuid
  /** Key of the file in the object store. */
  readonly csv_key: string
  /** SHA-256 of the file, hexadecimal. */
  readonly csv_sha256: string
  /** Template and its version. */
  readonly template: string
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** What every ExportTelling has. */
export interface ExportTellingMembers {
  /** Request; the record key. */
  readonly request_id: Uuid
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 1.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** Somebody is to be told what comes of a request, or what came of it is to be told. The block named by the type is present where the type has one, and no other. */
export type ExportTelling = ExportTellingMembers &
  (
    | { readonly type: 'Asked'; readonly asked: ExportTellingAsked }
    | { readonly type: 'Ended'; readonly ended: ExportTellingEnded }
    | { readonly type: 'Forgotten' }
  )

/** Asked: who is to be told. Ended: what came of it. Forgotten: nothing is to be told any more. */
export type ExportTellingType = 'Asked' | 'Ended' | 'Forgotten'

/** Who is to be told. */
export interface ExportTellingAsked {
  /** Whose movements. */
  readonly tenant_id: string
  /** Who is told. */
  readonly notify: ExportNotify
}

/** What came of it. */
export interface ExportTellingEnded {
  /** Export that the request led to. */
  readonly export_id: Uuid
  /** The state of the export. */
  readonly state: ExportEnd
  /** The movements as one file, or an archive of one document each. */
  readonly output: ExportOutput
  /** Movements in all; null where they were not counted. */
  readonly records: number | null
  /** Documents made. */
  readonly rendered: number
  /** Movements that have no document. */
  readonly failed: number
  /** From then on nothing of it can be fetched; null where nothing can be. */
  readonly expires_at: DateTime | null
  /** Why it failed; null where it did not. */
  readonly failure: ExportFailure | null
}

/** What can come of a request that is told. */
export type ExportEnd = 'READY' | 'READY_WITH_ERRORS' | 'FAILED'

/** What is exported, and as what. The same terms are the same bytes. */
export interface ExportTerms {
  /** Whose movements. */
  readonly tenant_id: string
  /** Where movements are read from, by the name it is configured under. */
  readonly source: string
  /** Which movements of the source: a lote. */
  readonly batch_id: string
  /** Which of them, as the source defines it; null for all. */
  readonly filter: JsonText | null
  /** How the source names the state of the movements when they were asked for; null where it has no name for it. */
  readonly data_version: string | null
  /** The movements as one file, or an archive of one document each. */
  readonly output: ExportOutput
  /** Template and its version, such as receipt@1; null where nothing is printed. */
  readonly template: string | null
  /** BCP 47, such as es-CO. */
  readonly language: string
  /** So many movements may have no document and the archive is still made; with more the export fails. */
  readonly tolerated_failures: number
  /** The same as a share of all movements, from 0 to 100; of the two what allows more counts. */
  readonly tolerated_percent: number
  /** So long after it is ready it can be fetched; then it is deleted. */
  readonly lifetime_minutes: number
}

/** What comes out. */
export type ExportOutput = 'CSV' | 'PDF'

/** Who is still to be told what comes of a request; removed once that is asked for, or nothing will come of it. */
export interface NotifiedRequest {
  /** Request; the record key. */
  readonly request_id: Uuid
  /** Whose movements. */
  readonly tenant_id: string
  /** Who is told. */
  readonly notify: ExportNotify
}

/** A chunk of movements to be printed: where they lie, never what they are. */
export interface PdfJob {
  /** Export and chunk; the record key. */
  readonly job_id: string
  /** Of what is exported, the same for the same terms. */
  readonly content_key: string
  /** Export. */
  readonly export_id: Uuid
  /** What to print. */
  readonly chunk: ExportChunk
  /** Key of the file of movements. */
  readonly csv_key: string
  /** SHA-256 of the file, hexadecimal. */
  readonly csv_sha256: string
  /** Key of what all its chunks are read and printed by. */
  readonly plan_key: string
  /** The state of the movements is that of this instant. */
  readonly as_of: DateTime
  /** Template and its version. */
  readonly template: string
  /** BCP 47, such as es-CO. */
  readonly language: string
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** Which export a request led to. */
export interface RequestedExport {
  /** Request; the record key. */
  readonly request_id: Uuid
  /** Export. */
  readonly export_id: Uuid
  /** Whose movements. */
  readonly tenant_id: string
  /** Who asked, as the API knows them. */
  readonly requested_by: string
  /** When. */
  readonly requested_at: DateTime
}

/** A notification that is not tried again, whoever asks for it. */
export interface EndedNotification {
  /** The notification; the record key. */
  readonly notification_id: string
  /** What came of it. */
  readonly outcome: NotificationOutcome
}

/** What came of a notification. */
export interface NotificationDelivery {
  /** The notification; the record key. */
  readonly notification_id: string
  /** How it was to be told. */
  readonly channel: NotificationChannel
  /** What was to be said. */
  readonly template: string
  /** Version of the template. */
  readonly template_version: number
  /** What came of it. */
  readonly outcome: NotificationOutcome
  /** Why not, for machines, such as smtp-550; null where it was delivered. */
  readonly code: string | null
  /** Why not, in words that name nobody. */
  readonly message: string | null
  /** How often it was tried. */
  readonly attempts: number
  /** When it came to that. */
  readonly decided_at: DateTime
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 1.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** DELIVERED: the mail server or the receiver took it. REFUSED: it never will. GIVEN_UP: nobody took it in time, as far as is known. */
export type NotificationOutcome = 'DELIVERED' | 'REFUSED' | 'GIVEN_UP'

/** What every Notification has. */
export interface NotificationMembers {
  /** Id of whoever asks: one id, one notification, however often it is asked for; letters, digits and . _ : -, 120 at most; names nobody; the record key. */
  readonly notification_id: string
  /** On behalf of which public body: only files of this one go with it. Empty where of none, and then no file does. */
  readonly tenant_id: string
  /** What is said, such as export-ready. */
  readonly template: string
  /** Version of the template. */
  readonly template_version: number
  /** Language of the text, such as es-PE. */
  readonly language: string
  /** Variables of the template by name: an object of texts and whole numbers. */
  readonly data: JsonText
  /** Files that go with it. */
  readonly attachments: readonly NotificationAttachment[]
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 1.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** What somebody is to be told, and by which channel. The block named by the channel is present, and no other. */
export type Notification = NotificationMembers &
  (
    | { readonly channel: 'Email'; readonly email: NotificationEmail }
    | { readonly channel: 'Webhook'; readonly webhook: NotificationWebhook }
  )

/** How somebody is told. */
export type NotificationChannel = 'Email' | 'Webhook'

/** A message by e-mail. */
export interface NotificationEmail {
  /** Who gets it. */
  readonly address: string
}

/** A signed request to an address of the settings. */
export interface NotificationWebhook {
  /** Which one, by its name in the settings of the sender. */
  readonly name: string
}

/** A file that goes with it, by reference. */
export interface NotificationAttachment {
  /** Where it lies in the object store. */
  readonly object_key: string
  /** What it is called for the receiver. */
  readonly file_name: string
  /** Digest of its bytes, 64 hex digits. */
  readonly sha256: string
}

/** When an intermediary was last to be asked for the dues of a citizen. */
export interface AskedDues {
  /** Made of citizen, intermediary and service; the record key. */
  readonly ask_id: Uuid
  /** When it was asked for. */
  readonly asked_at: DateTime
}

/** A configuration as somebody wants it, whole: nothing of the one before stays. Its secrets are sealed. */
export interface ConfigurationCommand {
  /** Told again in what comes of it. */
  readonly command_id: Uuid
  /** What is configured. */
  readonly level: ConfigurationLevel
  /** The public body, or the digital service; the record key, so that all of one, at whatever connector, is in order. */
  readonly subject_id: Uuid
  /** Intermediary. */
  readonly connector: string
  /** Public body. */
  readonly tenant_id: Uuid
  /** Whether payments are taken. */
  readonly active: boolean
  /** Members of the form; secret ones sealed. */
  readonly config: JsonText
  /** Version it was made from; 0 where there was none. Refused where another is there. */
  readonly expected_version: number
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** What is configured. */
export type ConfigurationLevel = 'TENANT' | 'SERVICE'

/** Why a command changed nothing. Of each configuration the last few are kept, for whoever waits for an answer. */
export interface ConfigurationRefusal {
  /** `<configuration>/<place among the last few>`; the record key. */
  readonly id: string
  /** The command. */
  readonly command_id: Uuid
  /** The kind of refusal. */
  readonly code: string
  /** One sentence, without values. */
  readonly message: string
  /** When. */
  readonly refused_at: DateTime
}

/** A version a configuration had or has. It is kept for ever and holds no secret. */
export interface ConfigurationVersion {
  /** `<configuration>/<version>`; the record key. */
  readonly id: string
  /** `<level>/<connector>/<id of the body or service>`. */
  readonly configuration: string
  /** The command it came of. */
  readonly command_id: Uuid
  /** Public body. */
  readonly tenant_id: Uuid
  /** Counts the changes, from 1. */
  readonly version: number
  /** Whether payments were taken. */
  readonly active: boolean
  /** Members of the form; secret ones masked. */
  readonly config: JsonText
  /** Since when. */
  readonly updated_at: DateTime
}

/** An application that has its payment. */
export interface DispatchedApplication {
  /** Application; the record key. */
  readonly application_id: Uuid
  /** Its payment. */
  readonly payment_id: Uuid
}

/** An intermediary to be asked for the open dues of a citizen who logged in. */
export interface DuesRequest {
  /** Made of citizen, intermediary and service, the same each time; the record key. */
  readonly ask_id: Uuid
  /** Intermediary to ask. */
  readonly connector: string
  /** Public body. */
  readonly tenant_id: Uuid
  /** Digital service whose dues are asked for. */
  readonly service_id: Uuid
  /** Identity of the citizen. */
  readonly user_id: Uuid
  /** Tax code the dues are asked for by. */
  readonly tax_code: TaxCode
  /** First name. */
  readonly name: string | null
  /** Surname. */
  readonly family_name: string | null
  /** E-mail address. */
  readonly email: string | null
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** How far a payment is in the index, and what it adds to its digital service and day. */
export interface IndexedPayment {
  /** Payment; the record key. */
  readonly payment_id: Uuid
  /** State last indexed. */
  readonly status: string
  /** When the event last indexed was written. */
  readonly event_created_at: DateTime
  /** Public body it is counted for; null in rows of version 1. */
  readonly tenant_id: Uuid | null
  /** Digital service it is counted for. */
  readonly service_id: Uuid | null
  /** Day of creation in Rome it is counted for, such as 2025-03-10. */
  readonly day: string | null
  /** Sum it is counted with. */
  readonly amount: Cents | null
}

/** What the keeper of configurations knows of one. */
export interface KeptConfiguration {
  /** `<level>/<id of the body or service>/<connector>`; the record key. */
  readonly id: string
  /** Intermediary. */
  readonly connector: string
  /** Public body. */
  readonly tenant_id: Uuid
  /** The last one; 0 where every command was refused. */
  readonly version: number
  /** Whether payments are taken. */
  readonly active: boolean
  /** Counts the commands refused. */
  readonly refusals: number
}

/** A payment as its keeper last decided it. */
export interface KeptPayment {
  /** Payment; the record key. */
  readonly payment_id: Uuid
  /** The payment as last decided. */
  readonly payment: Payment
  /** Intermediary that serves it. */
  readonly connector: string
  /** Applied when the fact Opened comes. */
  readonly awaiting: AwaitingSettlement | null
  /** From then on a check that finds nothing paid is the last; null where the payment is not open. */
  readonly checks_end_at: DateTime | null
  /** When it expires unheard; null until the last check is due. */
  readonly expires_at: DateTime | null
  /** The payment that took its place after its creation failed. */
  readonly retry_payment_id: Uuid | null
}

/** Money reported before the debt position was known to be open. */
export interface AwaitingSettlement {
  /** Transaction at the intermediary. */
  readonly transaction_id: string | null
  /** When it was paid. */
  readonly paid_at: DateTime
  /** Sum paid. */
  readonly amount: Cents
}

/** A payment that has not ended, as a poller and an analyst ask for it; the record key is the payment id. Times are milliseconds since 1970. */
export interface OpenPayment {
  /** Public body. */
  readonly tenant_id: Uuid
  /** Digital service. */
  readonly service_id: Uuid
  /** Application the payment was born from. */
  readonly remote_id: Uuid
  /** State; none of the definitive ones. */
  readonly status: string
  /** Who gave the address of the status refresh, as its app_id names it without its version; null while there is none. */
  readonly connector: string | null
  /** When the payment was created. */
  readonly created_at_ms: number
  /** Deadline. */
  readonly expire_at_ms: number | null
  /** Last check. */
  readonly last_check_at_ms: number | null
  /** When it is looked at next: its next check; while nobody can be asked its deadline, else a year after its creation. */
  readonly next_check_at_ms: number
  /** Address of the status refresh; null while nobody can be asked. */
  readonly update_url: string | null
  /** HTTP method of the status refresh; null where it has no address. */
  readonly update_method: string | null
}

/** Something about a payment that a person has to look at. */
export interface PaymentAnomaly {
  /** Payment. */
  readonly payment_id: Uuid
  /** One of settled-again, settled-twice, settled-after-final, amount-differs, unknown-payment, application-refused, illegal-step, retry-refused. */
  readonly kind: string
  /** What happened, in words. */
  readonly message: string
  /** State the payment is in. */
  readonly status: string | null
  /** Intermediary that reported it. */
  readonly connector: string | null
  /** Public body. */
  readonly tenant_id: Uuid | null
  /** Sum reported. */
  readonly amount: Cents | null
  /** Transaction at the intermediary. */
  readonly transaction_id: string | null
  /** When it was paid. */
  readonly paid_at: DateTime | null
  /** The fact that showed it. */
  readonly fact_event_id: Uuid
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** A payment counts differently among those of its digital service and day: what it added before is taken away, what it adds now is added. */
export interface PaymentContribution {
  /** Digital service and day, <service_id>/<day>; the record key. */
  readonly service_day: string
  /** Public body. */
  readonly tenant_id: Uuid
  /** Digital service. */
  readonly service_id: Uuid
  /** Day of creation in Rome, such as 2025-03-10. */
  readonly day: string
  /** Payment. */
  readonly payment_id: Uuid
  /** What it added so far; null where it was not counted there. */
  readonly removed: Contribution | null
  /** What it adds from now on; null where it is no longer counted there. */
  readonly added: Contribution | null
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** What one payment adds to its digital service and day. */
export interface Contribution {
  /** State. */
  readonly status: string
  /** Sum to pay. */
  readonly amount: Cents | null
}

/** The present state of a payment, flat; the record key is the payment id. */
export interface PaymentCurrent {
  /** Identity of the citizen. */
  readonly user_id: Uuid
  /** Circuit, such as PAGOPA. */
  readonly type: string
  /** Public body. */
  readonly tenant_id: Uuid
  /** Digital service. */
  readonly service_id: Uuid
  /** When the payment was created. */
  readonly created_at: DateTime
  /** When it last changed. */
  readonly updated_at: DateTime
  /** State. */
  readonly status: string
  /** Reason shown to the payer. */
  readonly reason: string | null
  /** Application the payment was born from. */
  readonly remote_id: Uuid
  /** Transaction at the intermediary. */
  readonly payment_transaction_id: string | null
  /** When it was paid. */
  readonly payment_paid_at: DateTime | null
  /** Deadline. */
  readonly payment_expire_at: DateTime | null
  /** Sum to pay. */
  readonly payment_amount: Cents | null
  /** Always EUR. */
  readonly payment_currency: string
  /** Notice code, 18 digits. */
  readonly payment_notice_code: NoticeCode | null
  /** Key at the intermediary. */
  readonly payment_iud: Iud
  /** Number at the creditor. */
  readonly payment_iuv: Iuv | null
  /** Address of the start of the online payment. */
  readonly online_payment_begin_url: string | null
  /** Last opening of the start of the online payment. */
  readonly online_payment_begin_last_opened_at: DateTime | null
  /** HTTP method of the start of the online payment. */
  readonly online_payment_begin_method: string
  /** Address of the landing after paying. */
  readonly online_payment_landing_url: string | null
  /** Last opening of the landing after paying. */
  readonly online_payment_landing_last_opened_at: DateTime | null
  /** HTTP method of the landing after paying. */
  readonly online_payment_landing_method: string
  /** Address of the notice. */
  readonly offline_payment_url: string | null
  /** Last opening of the notice. */
  readonly offline_payment_last_opened_at: DateTime | null
  /** HTTP method of the notice. */
  readonly offline_payment_method: string
  /** Address of the receipt. */
  readonly receipt_url: string | null
  /** Last opening of the receipt. */
  readonly receipt_last_opened_at: DateTime | null
  /** HTTP method of the receipt. */
  readonly receipt_method: string
  /** Address of the status refresh. */
  readonly update_url: string | null
  /** Last check. */
  readonly update_last_check_at: DateTime | null
  /** Next check; null for never. */
  readonly update_next_check_at: DateTime | null
  /** HTTP method of the status refresh. */
  readonly update_method: string
  /** Natural or legal person. */
  readonly payer_type: string
  /** Tax code of the payer. */
  readonly payer_tax_identification_number: string
  /** First name, or name of the company. */
  readonly payer_name: string
  /** Surname. */
  readonly payer_family_name: string | null
  /** Street. */
  readonly payer_street_name: string | null
  /** House number. */
  readonly building_number: string | null
  /** Postal code. */
  readonly postal_code: string | null
  /** Town. */
  readonly town_name: string | null
  /** Two-letter province. */
  readonly country_subdivision: string | null
  /** Country, two letters. */
  readonly country: string | null
  /** E-mail address. */
  readonly email: string | null
  /** Event this row was made from. */
  readonly event_id: Uuid
  /** Version of its shape. */
  readonly event_version: string
  /** When it was written. */
  readonly event_created_at: DateTime
  /** Who wrote it. */
  readonly app_id: string
  /** Taxonomy code of the collection; the Core does not read it. */
  readonly payment_pagopa_category: string | null
  /** Digest of the document a stamp is for; the Core does not read it. */
  readonly payment_document_hash: string | null
}

/** One request over HTTP between us and an intermediary about a payment, redacted: no person and no secret is in it. */
export interface PaymentExchange {
  /** Payment. */
  readonly payment_id: Uuid
  /** Intermediary. */
  readonly connector: string
  /** Who asked: out (we) or in (the intermediary). */
  readonly direction: string
  /** Method of HTTP. */
  readonly method: string
  /** Who was asked, with the port where it is not the usual one. */
  readonly host: string
  /** Path with the names of the query; parts that are neither words nor numbers of payments are left out. */
  readonly path: string
  /** When it began, milliseconds since the epoch. */
  readonly started_at: number
  /** Milliseconds it took. */
  readonly ms: number
  /** Status of HTTP; null where no answer came. */
  readonly status: number | null
  /** A code, where it was not answered in full. */
  readonly error: string | null
  /** Media type of what was asked. */
  readonly request_type: string | null
  /** Size of what was asked. */
  readonly request_bytes: number
  /** What was asked: members by name, values by shape, but for those that are public. */
  readonly request_body: JsonText | null
  /** Media type of the answer. */
  readonly response_type: string | null
  /** Size of the answer. */
  readonly response_bytes: number
  /** The answer, in the same way. */
  readonly response_body: JsonText | null
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** What every PaymentFact has. */
export interface PaymentFactMembers {
  /** Payment. */
  readonly payment_id: Uuid
  /** When it happened. */
  readonly occurred_at: DateTime
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** What happened to a payment. The block named by the type is present where the type has one, and no other. */
export type PaymentFact = PaymentFactMembers &
  (
    | { readonly type: 'Received'; readonly received: PaymentFactReceived }
    | { readonly type: 'Opened'; readonly opened: PaymentFactOpened }
    | { readonly type: 'Refused'; readonly refused: PaymentFactRefused }
    | { readonly type: 'OnlineOpened' }
    | { readonly type: 'NoticeOpened' }
    | { readonly type: 'ReceiptOpened' }
    | { readonly type: 'Landed' }
    | { readonly type: 'Checked'; readonly checked: PaymentFactChecked }
    | { readonly type: 'Settled'; readonly settled: PaymentFactSettled }
    | { readonly type: 'Cancelled'; readonly cancelled: PaymentFactCancelled }
    | { readonly type: 'Notified'; readonly notified: PaymentFactNotified }
    | {
        readonly type: 'ApplicationRefused'
        readonly application_refused: PaymentFactApplicationRefused
      }
    | { readonly type: 'ExpiryDue' }
    | { readonly type: 'RetryRequested' }
    | { readonly type: 'Retried'; readonly retried: PaymentFactRetried }
    | { readonly type: 'RetryRefused'; readonly retry_refused: PaymentFactRetryRefused }
  )

/** What happened. */
export type PaymentFactType =
  | 'Received'
  | 'Opened'
  | 'Refused'
  | 'OnlineOpened'
  | 'NoticeOpened'
  | 'ReceiptOpened'
  | 'Landed'
  | 'Checked'
  | 'Settled'
  | 'Cancelled'
  | 'Notified'
  | 'ApplicationRefused'
  | 'ExpiryDue'
  | 'RetryRequested'
  | 'Retried'
  | 'RetryRefused'

/** A payment of ours was seen for the first time. */
export interface PaymentFactReceived {
  /** The payment as it was read. */
  readonly payment: Payment
  /** Intermediary that serves it. */
  readonly connector: string
  /** Version of the tenant's configuration. */
  readonly tenant_configuration_version: number
  /** Version of the service's configuration. */
  readonly service_configuration_version: number
}

/** The intermediary opened the debt position. */
export interface PaymentFactOpened {
  /** Notice code as the intermediary gave it. */
  readonly notice_code: NoticeCode | null
  /** Number at the creditor as the intermediary gave it. */
  readonly iuv: Iuv | null
  /** Addresses. */
  readonly links: PaymentFactLinks
}

/** Addresses of the payment at our proxy. */
export interface PaymentFactLinks {
  /** Starts the online payment. */
  readonly online_payment_begin: string | null
  /** The notice as a PDF. */
  readonly offline_payment: string | null
  /** The receipt as a PDF. */
  readonly receipt: string | null
  /** Refreshes the status. */
  readonly update: string | null
}

/** The intermediary will never open the debt position. */
export interface PaymentFactRefused {
  /** Why, for machines. */
  readonly code: string
  /** Why, in words. */
  readonly message: string
}

/** The intermediary was asked for the state of the money. */
export interface PaymentFactChecked {
  /** Its word. */
  readonly state: PaymentFactCheckedState
  /** Transaction at the intermediary. */
  readonly transaction_id: string | null
  /** When it was paid. */
  readonly paid_at: DateTime | null
  /** Sum paid. */
  readonly amount: Cents | null
}

/** The intermediary's word on the money. */
export type PaymentFactCheckedState = 'settled' | 'pending' | 'refused' | 'expired' | 'cancelled'

/** The intermediary reported that the money was paid. */
export interface PaymentFactSettled {
  /** Transaction at the intermediary. */
  readonly transaction_id: string | null
  /** When it was paid. */
  readonly paid_at: DateTime
  /** Sum paid. */
  readonly amount: Cents
}

/** The payment was withdrawn. */
export interface PaymentFactCancelled {
  /** Why. */
  readonly reason: string
}

/** The register of applications took the outcome. */
export interface PaymentFactNotified {
  /** Address that took it. */
  readonly url: string
  /** Status of the application afterwards. */
  readonly application_status: number | null
}

/** The register of applications refused the outcome. */
export interface PaymentFactApplicationRefused {
  /** Address that refused it. */
  readonly url: string
  /** Why, for machines. */
  readonly code: string
  /** Why, in words. */
  readonly message: string
}

/** Another payment takes the place of one whose creation failed. */
export interface PaymentFactRetried {
  /** The payment in its place. */
  readonly retry_payment_id: Uuid
}

/** It was too late to try the creation again. */
export interface PaymentFactRetryRefused {
  /** Why, for machines. */
  readonly code: string
  /** Why, in words. */
  readonly message: string
}

/** A debt position to open: the complete business request. */
export interface PaymentOpening {
  /** Payment. */
  readonly payment_id: Uuid
  /** Public body. */
  readonly tenant_id: Uuid
  /** Digital service. */
  readonly service_id: Uuid
  /** Intermediary to ask. */
  readonly connector: string
  /** Key at the intermediary: the id without hyphens. */
  readonly iud: Iud
  /** Arguments of the client, composed by the connector. */
  readonly request: JsonText
  /** Version of the tenant's configuration it was composed with. */
  readonly tenant_configuration_version: number
  /** Version of the service's configuration it was composed with. */
  readonly service_configuration_version: number
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** A version of a payment re-keyed by payment id, in the order it was seen. */
export interface PaymentSeen {
  /** Payment. */
  readonly payment_id: Uuid
  /** The payment as it was read. */
  readonly payment: Payment
  /** Partition it was read from. */
  readonly source_partition: number
  /** Offset it was read at. */
  readonly source_offset: number
  /** Written by somebody else when the payment was ours already: it says nothing new. */
  readonly is_echo: boolean
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** One sum asked of one payer: the whole state of the payment, each time it changes. */
export interface Payment {
  /** Identity of the payment. */
  readonly id: Uuid
  /** Identity of the citizen. */
  readonly user_id: Uuid
  /** Circuit, such as PAGOPA. */
  readonly type: string
  /** Public body. */
  readonly tenant_id: Uuid
  /** Digital service; the record key. */
  readonly service_id: Uuid
  /** When the payment was created. */
  readonly created_at: DateTime
  /** When it last changed. */
  readonly updated_at: DateTime
  /** State. */
  readonly status: PaymentStatus
  /** Reason shown to the payer; may hold a tax code. */
  readonly reason: string | null
  /** Object the payment was born from: the application. */
  readonly remote_id: Uuid
  /** Sum, numbers and shares. */
  readonly payment: PaymentDetails
  /** Addresses. */
  readonly links: Links
  /** Who pays. */
  readonly payer: Payer
  /** Who owes, where it is not the payer. */
  readonly debtor: Payer | null
  /** Language of the application. */
  readonly locale: string | null
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** State of the payment; PAYMENT_FAILED, PAYMENT_CONFIRMED and NOTIFICATION_PENDING are read, never written. */
export type PaymentStatus =
  | 'CREATION_PENDING'
  | 'CREATION_FAILED'
  | 'PAYMENT_PENDING'
  | 'PAYMENT_STARTED'
  | 'COMPLETE'
  | 'CANCELED'
  | 'EXPIRED'
  | 'PAYMENT_FAILED'
  | 'PAYMENT_CONFIRMED'
  | 'NOTIFICATION_PENDING'

/** The sum, its numbers and its shares. */
export interface PaymentDetails {
  /** Transaction at the intermediary; null until paid. */
  readonly transaction_id: string | null
  /** When it was paid. */
  readonly paid_at: DateTime | null
  /** Deadline. */
  readonly expire_at: DateTime | null
  /** Sum to pay. */
  readonly amount: Cents | null
  /** Always EUR. */
  readonly currency: string
  /** Notice code, 18 digits. */
  readonly notice_code: NoticeCode | null
  /** Key at the intermediary: the id without hyphens. */
  readonly iud: Iud
  /** Number of the payment at the creditor. */
  readonly iuv: Iuv | null
  /** Shares by budget item. */
  readonly split: readonly PaymentSplit[]
  /** PAGOPA, or STAMP for a digital revenue stamp. */
  readonly type: string | null
  /** Receiver of the money. */
  readonly receiver: Receiver | null
  /** Due type at the intermediary. */
  readonly due_type: string | null
  /** Taxonomy code of the collection. */
  readonly pagopa_category: string | null
  /** Document a stamp is for. */
  readonly document: Document | null
}

/** A share of the sum for one budget item. */
export interface PaymentSplit {
  /** Budget item. */
  readonly code: string
  /** Share, or weight where the shares add up to 1.00; the one that is null takes what the others leave. */
  readonly amount: Cents | null
  /** Members only the intermediary knows. */
  readonly meta: JsonText
}

/** Who gets the money where it is not the tenant. */
export interface Receiver {
  /** Tax code of the receiver as the writer gave it; not checked here. */
  readonly tax_identification_number: string
  /** Name of the receiver. */
  readonly name: string
  /** Account of the receiver. */
  readonly iban: Iban | null
  /** Street. */
  readonly address: string | null
  /** House number. */
  readonly building_number: string | null
  /** Postal code. */
  readonly postal_code: string | null
  /** Town. */
  readonly town_name: string | null
  /** Two-letter province. */
  readonly country_subdivision: string | null
  /** Country, two letters. */
  readonly country: string | null
}

/** The document a stamp is for. */
export interface Document {
  /** Identity of the document. */
  readonly id: string | null
  /** Address of the document. */
  readonly ref: string | null
  /** Digest of the document, such as sha256:… */
  readonly hash: string
}

/** The addresses of the payment. */
export interface Links {
  /** Starts the online payment. */
  readonly online_payment_begin: Link
  /** Where the payer lands after paying. */
  readonly online_payment_landing: Link
  /** The notice as a PDF. */
  readonly offline_payment: Link
  /** The receipt as a PDF; usable when COMPLETE. */
  readonly receipt: Link
  /** Endpoints to be told of the outcome. */
  readonly notify: readonly NotifyLink[] | null
  /** Refreshes the status. */
  readonly update: UpdateLink
  /** Confirms the payment. */
  readonly confirm: Link | null
  /** Cancels the payment. */
  readonly cancel: Link | null
}

/** An address of the payment, and when it was last opened. */
export interface Link {
  /** Address, which may carry a token; null until it is available. */
  readonly url: string | null
  /** When it was last opened. */
  readonly last_opened_at: DateTime | null
  /** HTTP method. */
  readonly method: string
}

/** An endpoint to be told of the outcome. */
export interface NotifyLink {
  /** Address that takes the outcome. */
  readonly url: string
  /** HTTP method. */
  readonly method: string
  /** When it was told. */
  readonly sent_at: DateTime | null
}

/** The address that refreshes the status. */
export interface UpdateLink {
  /** Address; null until it is available. */
  readonly url: string | null
  /** Last check. */
  readonly last_check_at: DateTime | null
  /** Next check; null for never. */
  readonly next_check_at: DateTime | null
  /** HTTP method. */
  readonly method: string
}

/** Who pays, or who owes. */
export interface Payer {
  /** Natural or legal person. */
  readonly type: PayerType
  /** Tax code as the writer gave it; not checked here. */
  readonly tax_identification_number: string
  /** First name, or name of the company. */
  readonly name: string
  /** Surname. */
  readonly family_name: string | null
  /** Street. */
  readonly street_name: string | null
  /** House number. */
  readonly building_number: string | null
  /** Postal code. */
  readonly postal_code: string | null
  /** Town. */
  readonly town_name: string | null
  /** Two-letter province. */
  readonly country_subdivision: string | null
  /** Country, two letters. */
  readonly country: string | null
  /** E-mail address. */
  readonly email: string | null
}

/** A natural or a legal person. */
export type PayerType = 'human' | 'legal'

/** A payment that was taken in. */
export interface ReceivedPayment {
  /** Payment; the record key. */
  readonly payment_id: Uuid
  /** When it was taken in. */
  readonly received_at: DateTime
}

/** A payment whose outcome was handed on. */
export interface ReportedPayment {
  /** Payment; the record key. */
  readonly payment_id: Uuid
  /** State that was handed on. */
  readonly status: string
}

/** What an administrator configured at an intermediary for a digital service. */
export interface ServiceConfiguration {
  /** `<connector>/<service_id>`; the record key. */
  readonly id: string
  /** Intermediary. */
  readonly connector: string
  /** Digital service. */
  readonly service_id: Uuid
  /** Public body. */
  readonly tenant_id: Uuid
  /** Whether payments are taken. */
  readonly active: boolean
  /** Counts the changes, from 1. */
  readonly version: number
  /** Members of the connector's form; holds credentials. */
  readonly config: JsonText
  /** When it last changed. */
  readonly updated_at: DateTime
}

/** Payments of a digital service by the day of their creation, counted and added up by state; the record key is <service_id>/<day>. */
export interface ServiceDay {
  /** Public body. */
  readonly tenant_id: Uuid
  /** Digital service. */
  readonly service_id: Uuid
  /** Day of creation in Rome, such as 2025-03-10. */
  readonly day: string
  /** Of all sums: EUR. */
  readonly currency: string
  /** Payments created on the day, whatever became of them. */
  readonly payments_count: number
  /** Their sums to pay, in cents; of one without a sum nothing. */
  readonly amount_minor: number
  /** Those of them that are CREATION_PENDING. */
  readonly creation_pending_count: number
  /** Sums of those that are CREATION_PENDING, in cents. */
  readonly creation_pending_amount_minor: number
  /** Those of them that are CREATION_FAILED. */
  readonly creation_failed_count: number
  /** Sums of those that are CREATION_FAILED, in cents. */
  readonly creation_failed_amount_minor: number
  /** Those of them that are PAYMENT_PENDING. */
  readonly payment_pending_count: number
  /** Sums of those that are PAYMENT_PENDING, in cents. */
  readonly payment_pending_amount_minor: number
  /** Those of them that are PAYMENT_STARTED. */
  readonly payment_started_count: number
  /** Sums of those that are PAYMENT_STARTED, in cents. */
  readonly payment_started_amount_minor: number
  /** Those of them that are COMPLETE. */
  readonly complete_count: number
  /** Sums of those that are COMPLETE, in cents. */
  readonly complete_amount_minor: number
  /** Those of them that are CANCELED. */
  readonly canceled_count: number
  /** Sums of those that are CANCELED, in cents. */
  readonly canceled_amount_minor: number
  /** Those of them that are EXPIRED. */
  readonly expired_count: number
  /** Sums of those that are EXPIRED, in cents. */
  readonly expired_amount_minor: number
  /** Those of them that are PAYMENT_FAILED. */
  readonly payment_failed_count: number
  /** Sums of those that are PAYMENT_FAILED, in cents. */
  readonly payment_failed_amount_minor: number
  /** Those of them that are PAYMENT_CONFIRMED. */
  readonly payment_confirmed_count: number
  /** Sums of those that are PAYMENT_CONFIRMED, in cents. */
  readonly payment_confirmed_amount_minor: number
  /** Those of them that are NOTIFICATION_PENDING. */
  readonly notification_pending_count: number
  /** Sums of those that are NOTIFICATION_PENDING, in cents. */
  readonly notification_pending_amount_minor: number
}

/** What an administrator configured at an intermediary for a public body. */
export interface TenantConfiguration {
  /** `<connector>/<tenant_id>`; the record key. */
  readonly id: string
  /** Intermediary. */
  readonly connector: string
  /** Public body. */
  readonly tenant_id: Uuid
  /** Whether payments are taken. */
  readonly active: boolean
  /** Counts the changes, from 1. */
  readonly version: number
  /** Members of the connector's form; holds credentials. */
  readonly config: JsonText
  /** When it last changed. */
  readonly updated_at: DateTime
}

/** A citizen who logged in, as the Core tells it. */
export interface User {
  /** Identity of the citizen. */
  readonly id: Uuid
  /** Public body whose pages the citizen is at. */
  readonly tenant_id: Uuid
  /** Tax code as the writer gave it; not checked here. */
  readonly tax_code: string | null
  /** First name. */
  readonly name: string | null
  /** Surname. */
  readonly family_name: string | null
  /** E-mail address. */
  readonly email: string | null
  /** Identity of this event, new each time. */
  readonly event_id: Uuid
  /** Version of the shape, such as 2.0. */
  readonly event_version: string
  /** When this event was written. */
  readonly event_created_at: DateTime
  /** Who wrote it: application and version. */
  readonly app_id: string
}

/** Every record by the full name of its schema. */
export interface Schemas {
  readonly 'corrente.applications.ApplicationUpdate': ApplicationUpdate
  readonly 'corrente.applications.Application': Application
  readonly 'corrente.applications.FailedCreation': FailedCreation
  readonly 'corrente.debits.AccountBalance': AccountBalance
  readonly 'corrente.debits.AccountCard': AccountCard
  readonly 'corrente.debits.CardAccount': CardAccount
  readonly 'corrente.debits.DebitDecided': DebitDecided
  readonly 'corrente.debits.DebitDecision': DebitDecision
  readonly 'corrente.debits.DebitRequest': DebitRequest
  readonly 'corrente.debits.DebitRow': DebitRow
  readonly 'corrente.debits.LedgerEntry': LedgerEntry
  readonly 'corrente.debits.Posting': Posting
  readonly 'corrente.debits.StatementEntry': StatementEntry
  readonly 'corrente.engine.Header': Header
  readonly 'corrente.engine.Operation': Operation
  readonly 'corrente.engine.OriginalRecord': OriginalRecord
  readonly 'corrente.engine.ParkedRecord': ParkedRecord
  readonly 'corrente.engine.Redrive': Redrive
  readonly 'corrente.engine.Timer': Timer
  readonly 'corrente.engine.UnitStart': UnitStart
  readonly 'corrente.exports.ExportCurrent': ExportCurrent
  readonly 'corrente.exports.ExportExtraction': ExportExtraction
  readonly 'corrente.exports.ExportFact': ExportFact
  readonly 'corrente.exports.ExportNotify': ExportNotify
  readonly 'corrente.exports.ExportPacking': ExportPacking
  readonly 'corrente.exports.ExportPurging': ExportPurging
  readonly 'corrente.exports.ExportRequest': ExportRequest
  readonly 'corrente.exports.ExportRow': ExportRow
  readonly 'corrente.exports.ExportSplitting': ExportSplitting
  readonly 'corrente.exports.ExportTelling': ExportTelling
  readonly 'corrente.exports.ExportTerms': ExportTerms
  readonly 'corrente.exports.NotifiedRequest': NotifiedRequest
  readonly 'corrente.exports.PdfJob': PdfJob
  readonly 'corrente.exports.RequestedExport': RequestedExport
  readonly 'corrente.notifications.EndedNotification': EndedNotification
  readonly 'corrente.notifications.NotificationDelivery': NotificationDelivery
  readonly 'corrente.notifications.Notification': Notification
  readonly 'corrente.payments.AskedDues': AskedDues
  readonly 'corrente.payments.ConfigurationCommand': ConfigurationCommand
  readonly 'corrente.payments.ConfigurationRefusal': ConfigurationRefusal
  readonly 'corrente.payments.ConfigurationVersion': ConfigurationVersion
  readonly 'corrente.payments.DispatchedApplication': DispatchedApplication
  readonly 'corrente.payments.DuesRequest': DuesRequest
  readonly 'corrente.payments.IndexedPayment': IndexedPayment
  readonly 'corrente.payments.KeptConfiguration': KeptConfiguration
  readonly 'corrente.payments.KeptPayment': KeptPayment
  readonly 'corrente.payments.OpenPayment': OpenPayment
  readonly 'corrente.payments.PaymentAnomaly': PaymentAnomaly
  readonly 'corrente.payments.PaymentContribution': PaymentContribution
  readonly 'corrente.payments.PaymentCurrent': PaymentCurrent
  readonly 'corrente.payments.PaymentExchange': PaymentExchange
  readonly 'corrente.payments.PaymentFact': PaymentFact
  readonly 'corrente.payments.PaymentOpening': PaymentOpening
  readonly 'corrente.payments.PaymentSeen': PaymentSeen
  readonly 'corrente.payments.Payment': Payment
  readonly 'corrente.payments.ReceivedPayment': ReceivedPayment
  readonly 'corrente.payments.ReportedPayment': ReportedPayment
  readonly 'corrente.payments.ServiceConfiguration': ServiceConfiguration
  readonly 'corrente.payments.ServiceDay': ServiceDay
  readonly 'corrente.payments.TenantConfiguration': TenantConfiguration
  readonly 'corrente.users.User': User
}

export type SchemaName = keyof Schemas
