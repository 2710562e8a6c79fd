import { mergeSpread } from '@/lib/detectors/facts/spread'
import type { TechniqueClaim, Tool } from '@/lib/domain/alarm'
import { TOOL_CONFIDENCES } from '@/lib/domain/alarm'
import type { Evidence, EvidenceMinute, ProcessStart } from '@/lib/domain/evidence'

export const MAX_MINUTES = 1_440
/** Of a long episode the beginning stays: that is where an analyst looks for the cause. */
const FIRST_MINUTES = 240
export const MAX_STARTS = 1_000

function mergeMinutes(earlier: readonly EvidenceMinute[], later: readonly EvidenceMinute[]): EvidenceMinute[] {
  const byAt = new Map(earlier.map((minute) => [minute.at, minute]))
  for (const minute of later) byAt.set(minute.at, minute)
  const minutes = [...byAt.values()].sort((a, b) => a.at - b.at)
  if (minutes.length <= MAX_MINUTES) return minutes
  return [...minutes.slice(0, FIRST_MINUTES), ...minutes.slice(FIRST_MINUTES - MAX_MINUTES)]
}

function mergeStarts(earlier: readonly ProcessStart[], later: readonly ProcessStart[]): ProcessStart[] {
  const byId = new Map(earlier.map((start) => [`${start.at} ${start.eventId}`, start]))
  for (const start of later) byId.set(`${start.at} ${start.eventId}`, start)
  return [...byId.values()].sort((a, b) => a.at - b.at || a.eventId - b.eventId).slice(0, MAX_STARTS)
}

/** A notice that differs from an earlier one in its numbers only replaces it: "young model" is said once, as it stands now. */
function mergeNotices(earlier: readonly string[], later: readonly string[]): string[] {
  const byWording = new Map([...earlier, ...later].map((notice) => [notice.replace(/\d[\d.,]*/g, '#'), notice]))
  return [...byWording.values()]
}

/** Evidence of an episode: the numbers of the finding that explains the score, minutes and starts of all of them. */
export function mergeEvidence(earlier: Evidence, later: Evidence, laterExplains: boolean): Evidence {
  const explaining = laterExplains ? later : earlier
  const buckets = new Map([...earlier.buckets, ...later.buckets].map((bucket) => [bucket.at, bucket]))
  return {
    ...explaining,
    minutes: mergeMinutes(earlier.minutes, later.minutes),
    processStarts: mergeStarts(earlier.processStarts, later.processStarts),
    buckets: [...buckets.values()].sort((a, b) => a.at - b.at).slice(-MAX_MINUTES),
    notices: mergeNotices(earlier.notices, later.notices),
    // The longer the pair is watched, the surer its rhythm; the larger range covers the smaller.
    timing: later.timing ?? earlier.timing,
    spread: mergeSpread(earlier.spread, later.spread),
    bytesDown: (earlier.bytesDown?.high ?? 0) > (later.bytesDown?.high ?? 0) ? earlier.bytesDown : later.bytesDown,
    resolver: later.resolver ?? earlier.resolver,
    // Once something is not explained any more, it stays so.
    suppression: earlier.suppression === null || later.suppression === null ? null : explaining.suppression,
  }
}

/** The surer of two; the later when equally sure. */
export function surerTool(earlier: Tool | null, later: Tool | null): Tool | null {
  if (earlier === null || later === null) return later ?? earlier
  return TOOL_CONFIDENCES.indexOf(later.confidence) <= TOOL_CONFIDENCES.indexOf(earlier.confidence) ? later : earlier
}

/** Every technique ever claimed, with its latest reason. */
export function mergeTechniques(earlier: readonly TechniqueClaim[], later: readonly TechniqueClaim[]): TechniqueClaim[] {
  const byId = new Map([...earlier, ...later].map((claim) => [claim.id, claim]))
  return [...byId.values()]
}
