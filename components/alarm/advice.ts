import type { Alarm } from '@/lib/domain/alarm'
import { familyLabel, outcomeLabel } from './outcomes'

export interface Advice {
  /** What to do, in the words of an order. */
  readonly act: string
  /** The fact it rests on; may hold text of a log. */
  readonly because: string
}

/** What the facts of the alarm call for; a person decides. The first case that holds wins, the surest first. */
export function adviceOf(alarm: Alarm): Advice {
  return settled(alarm) ?? proven(alarm) ?? hidden(alarm) ?? harmless(alarm) ?? unexplained(alarm)
}

function settled({ status, decision, evidence }: Alarm): Advice | null {
  if (status === 'escalated')
    return { act: 'Work through the response.', because: 'The alarm is escalated; its checklist is on the escalation.' }
  if (status === 'suppressed')
    return {
      act: 'Nothing, unless this looks wrong to you.',
      because: evidence.suppression === null ? 'An allowlist entry hides it.' : `It is explained: ${evidence.suppression}.`,
    }
  if (status !== 'closed') return null
  const as = decision === null ? 'It is closed.' : `Closed as ${outcomeLabel(decision.reason, decision.family)} by ${decision.byName}.`
  return { act: 'Nothing. Reopen it if that was wrong.', because: as }
}

function proven({ tool, evidence: { decoding, processStarts } }: Alarm): Advice | null {
  if (tool?.confidence === 'certain' || tool?.confidence === 'high')
    return {
      act: 'Escalate, unless a test was authorised.',
      because: `The names follow the protocol of ${tool.name} (${tool.confidence}).`,
    }
  if (decoding?.magic) return { act: 'Escalate, unless somebody can explain the data.', because: `The names decode to ${decoding.magic}.` }
  return processStarts.length === 0
    ? null
    : { act: 'Find out who started it, then decide.', because: 'A script asks through nslookup; the process tree names its parent.' }
}

const hidden = ({ evidence: { resolver } }: Alarm): Advice | null =>
  resolver === null ? null : { act: 'Find the client behind the resolver before you decide.', because: resolver }

function harmless({ evidence: { benign } }: Alarm): Advice | null {
  if (benign === null || benign.family === null || benign.overridden !== null) return null
  if (benign.confidence !== 'strong' && benign.confidence !== 'fair') return null
  return {
    act: `Check whether this is ${familyLabel(benign.family).toLowerCase().replace(/^cdn$/, 'a CDN')}, then close it.`,
    because: benign.evidence[0] ?? 'Its names lie under a service of the catalogue.',
  }
}

function unexplained({ severity, source, scoreTerms, evidence: { spread } }: Alarm): Advice {
  const who = source === null ? 'the sources' : source
  const [against] = scoreTerms.filter(({ points }) => points < 0).toSorted((a, b) => a.points - b.points)
  if (severity === 'critical' || severity === 'high')
    return {
      act: `Find the program on ${who}; escalate if nobody can explain it.`,
      because: against?.sentence ?? 'Nothing seen speaks for a harmless service.',
    }
  if (spread !== null && spread.total > 1)
    return { act: 'Look for what the hosts share, then decide.', because: `${spread.total} hosts ask for it.` }
  return { act: 'Read the names, then decide.', because: against?.sentence ?? 'Neither a tool nor a harmless service was recognised.' }
}
