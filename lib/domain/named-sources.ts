/** Sources one request may ask names for. */
export const MAX_NAMED_SOURCES = 100
/** Characters of them, so that a request stays well within what servers take for a URL. */
export const MAX_NAMED_CHARACTERS = 6_000
