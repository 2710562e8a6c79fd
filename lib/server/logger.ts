type Level = 'info' | 'warn' | 'error'
type Fields = Readonly<Record<string, unknown>>

// JSON leaves these as they are, and a terminal or a log viewer acts on them: C1 controls, line separators, direction marks.
const INVISIBLE = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** One event as one line of JSON; nothing in it can break the line or steer a terminal. */
export function logLine(level: Level, message: string, fields: Fields, nowMs: number): string {
  const { cause, ...rest } = fields
  const line = JSON.stringify({ at: new Date(nowMs).toISOString(), level, message, ...rest, ...(cause !== undefined && detailsOf(cause)) })
  return line.replace(INVISIBLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function detailsOf(cause: unknown): Fields {
  if (!(cause instanceof Error)) return { error: String(cause) }
  return { error: cause.message, stack: cause.stack }
}

const write =
  (level: Level) =>
  (message: string, fields: Fields = {}) => {
    process.stdout.write(`${logLine(level, message, fields, Date.now())}\n`)
  }

/** The server's log on standard output. Pass what was caught as `cause`; never pass a body, a cookie or a password. */
export const logger = { info: write('info'), warn: write('warn'), error: write('error') }
