/** Severity bands and the risk each stands for, as the rules being matched state them (21/47/73/99). */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export const SEVERITY_RISK: Readonly<Record<Severity, number>> = { low: 21, medium: 47, high: 73, critical: 99 }

/** Band of a score 0–100: 1–46 low, 47–72 medium, 73–98 high, 99–100 critical. */
export function severityOf(score: number): Severity {
  if (score >= SEVERITY_RISK.critical) return 'critical'
  if (score >= SEVERITY_RISK.high) return 'high'
  if (score >= SEVERITY_RISK.medium) return 'medium'
  return 'low'
}

export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity)

/** What is shown and sorted by: the band of the score, never below the rule's own severity. */
export function shownSeverity(score: number, ruleSeverity: Severity): Severity {
  const ofScore = severityOf(score)
  return severityRank(ofScore) >= severityRank(ruleSeverity) ? ofScore : ruleSeverity
}
