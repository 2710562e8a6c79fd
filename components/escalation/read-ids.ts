export interface Named {
  readonly alarmIds: readonly string[]
  readonly escalationIds: readonly string[]
  /** Words that are neither. */
  readonly unknown: readonly string[]
}

/** Reads ids that a person typed or pasted, apart by white space or commas; each once. */
export function readIds(text: string): Named {
  const words = [
    ...new Set(
      text
        .split(/[\s,;]+/)
        .filter((word) => word !== '')
        .map((word) => word.toUpperCase()),
    ),
  ]
  const alarmIds = words.filter((word) => word.startsWith('ALM-'))
  const escalationIds = words.filter((word) => /^ESC-\d+$/.test(word))
  return { alarmIds, escalationIds, unknown: words.filter((word) => !alarmIds.includes(word) && !escalationIds.includes(word)) }
}
