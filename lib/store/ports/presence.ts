/** A person who has something open. */
export interface Looker {
  readonly userId: string
  readonly name: string
}

/** What is open: `alarm:ALM-…` or `escalation:ESC-…`. */
export interface Looked {
  readonly subject: string
  readonly people: Looker[]
}

/** Who has what open at this moment; in memory, gone after half a minute without a sign of life. */
export interface PresenceBoard {
  /** One tab of a person looks at something; null: at nothing any more. */
  look(tabId: string, person: Looker, subject: string | null, at: number): void
  /** What others than `userId` look at, each person once. */
  others(userId: string, at: number): Looked[]
}
