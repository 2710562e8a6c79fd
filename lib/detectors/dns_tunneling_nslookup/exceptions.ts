import { type KqlPredicate, kqlPredicate } from '@/lib/kql/compile'
import { KqlSyntaxError } from '@/lib/kql/syntax-error'
import type { RuleException } from '../detector'

/** Exceptions of a rule, ready to be asked. */
export interface Exceptions {
  /** True when an exception that holds at `at` matches: the event is not counted. */
  covers(...event: Parameters<KqlPredicate>): boolean
  /** Sentences about exceptions that could not be applied. */
  readonly notices: readonly string[]
}

interface Compiled {
  readonly matches: KqlPredicate
  readonly expiresAt: number
}

/**
 * Alternatives: one that matches is enough. Values compare without case, because Windows does not tell `Agent.exe` from
 * `AGENT.EXE`. What is no valid KQL is left out and told, so that a bad exception hides nothing and stops nothing.
 */
export function compileExceptions(exceptions: readonly RuleException[]): Exceptions {
  const compiled: Compiled[] = []
  const notices: string[] = []
  for (const { kql, expiresAt } of exceptions) {
    try {
      compiled.push({ matches: kqlPredicate(kql, { caseSensitive: false }), expiresAt: expiresAt ?? Number.POSITIVE_INFINITY })
    } catch (error) {
      if (!(error instanceof KqlSyntaxError)) throw error
      notices.push(`An exception is not applied, because it cannot be read: ${error.message}`)
    }
  }
  return {
    covers: (document, at) => compiled.some(({ matches, expiresAt }) => at < expiresAt && matches(document, at)),
    notices,
  }
}
