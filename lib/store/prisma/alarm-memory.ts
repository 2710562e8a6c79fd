import type { AppDb } from './open-app-db'
import { readChangeNumber } from './write-transaction'

/** Answers held; the largest is the row numbers of 20,000 alarms. */
const MOST = 32

interface Memory {
  readonly changeNumber: number
  readonly answers: Map<string, Promise<unknown>>
}

const memories = new WeakMap<AppDb, Memory>()

/**
 * What a question about alarms was answered, for as long as no alarm changes: the tabs, the filter bar and every person's poll
 * ask for the same counts. Whoever changes an alarm raises the change number in the same transaction.
 *
 * @param question - names the query and all it depends on.
 */
export async function remembered<Answer>(db: AppDb, question: string, ask: () => Promise<Answer>): Promise<Answer> {
  const { answers } = memoryOf(db, await readChangeNumber(db))
  // The question names the query, and so the type of its answer.
  const known = answers.get(question) as Promise<Answer> | undefined
  if (known !== undefined) return known
  const asked = ask()
  const [oldest] = answers.keys()
  if (answers.size >= MOST && oldest !== undefined) answers.delete(oldest)
  answers.set(question, asked)
  asked.catch(() => answers.delete(question))
  return asked
}

function memoryOf(db: AppDb, changeNumber: number): Memory {
  const known = memories.get(db)
  if (known?.changeNumber === changeNumber) return known
  const fresh: Memory = { changeNumber, answers: new Map() }
  memories.set(db, fresh)
  return fresh
}
