import Database from 'better-sqlite3'

export interface OpenOptions {
  /** Reads only; the file must exist. */
  readonly readonly?: boolean
  /** A throw-away file: no journal, no flush. A crash loses it, which is what it is for. */
  readonly throwAway?: boolean
  /** Size of a page, for a file that does not exist yet; 4,096 when absent. */
  readonly pageBytes?: number
}

/**
 * Opens a SQLite file with the settings every Dowser database shares: WAL, `synchronous=NORMAL` (a power cut may lose
 * the last transactions, never the file), five seconds of patience with another writer, foreign keys on.
 *
 * @throws better-sqlite3's SqliteError when the file cannot be opened or is not a database.
 */
export function openDatabase(path: string, options: OpenOptions = {}): Database.Database {
  const db = new Database(path, options.readonly === true ? { readonly: true, fileMustExist: true } : {})
  try {
    db.pragma('busy_timeout = 5000')
    if (options.pageBytes !== undefined) db.pragma(`page_size = ${options.pageBytes}`)
    if (options.throwAway === true) {
      db.pragma('journal_mode = OFF')
      db.pragma('synchronous = OFF')
    } else {
      if (options.readonly !== true) db.pragma('journal_mode = WAL')
      db.pragma('synchronous = NORMAL')
    }
    db.pragma('foreign_keys = ON')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
