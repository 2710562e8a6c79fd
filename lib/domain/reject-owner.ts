/** Whose rejected records are meant. */
export const REJECT_OWNERS = ['import', 'log-source'] as const
export type RejectOwner = (typeof REJECT_OWNERS)[number]

/** Id that events and rejects of a log source are stored under; an import's is its own. */
export const ownerKey = (owner: RejectOwner, id: string): string => (owner === 'import' ? id : `log-source:${id}`)
