import type { ScoreTerm } from '@/lib/domain/evidence'
import type { ToolMatch } from '@/lib/names/fingerprints/tool-of'

/** 0–`limit`, to one decimal, so that shown terms add up to the shown score. */
export const points = (value: number, limit: number): number => Math.round(10 * Math.min(limit, Math.max(0, value))) / 10

/** Points per doubling above the threshold: `perDoubling` at the threshold itself. */
export const doublings = (value: number, threshold: number, perDoubling: number, limit: number): number =>
  points(perDoubling * Math.log2(1 + value / threshold), limit)

/** Points of an amount of information: 5 a decade above 100 bytes. */
export const informationPoints = (bytes: number, limit: number): number => points(5 * Math.log10(Math.max(1, bytes) / 100), limit)

/** Points of a named tool by how sure its name is. */
const TOOL_POINTS = { certain: 30, high: 20, medium: 12, low: 6 } as const

/** @param weight - 0 to 1: how much of the points a detector gives for a tool. */
export function toolTerm(tool: ToolMatch, zone: string, weight = 1): ScoreTerm {
  const sentence = `The names below ${zone} are those of ${tool.name} (${tool.confidence}): ${tool.proof}.`
  return { id: 'tool', sentence, value: 1, threshold: null, points: points(TOOL_POINTS[tool.confidence] * weight, 30) }
}

/** Sum of the terms, clamped to 0–100, to one decimal. */
export function scoreOf(terms: readonly ScoreTerm[]): number {
  const sum = terms.reduce((total, term) => total + term.points, 0)
  return Math.round(10 * Math.min(100, Math.max(0, sum))) / 10
}
