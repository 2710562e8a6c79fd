import type { Alarm } from '@/lib/domain/alarm'
import type { GuideStep, StepAnswer } from '@/lib/domain/guide-step'
import { answersTo } from './guide-answers'
import { wordsOf } from './guide-blocks'
import type { GuideBlock, GuideSection } from './guide-document'

export interface StepOfGuide {
  readonly id: string
  readonly words: string
  readonly blocks: readonly GuideBlock[]
  readonly choices: readonly StepAnswer[]
}

export const isSteps = (section: GuideSection): boolean => /investigat|triage/i.test(section.title)

/** Questions with answers of their own, the most specific first; every other step is ticked when it is done. */
const QUESTIONS: readonly { readonly asked: RegExp; readonly choices: readonly StepAnswer[] }[] = [
  { asked: /\b(names|queries) carr(y|ied)\b|^decode the/i, choices: ['harmless', 'sensitive', 'undecodable'] },
  { asked: /who started|find the process|script host/i, choices: ['trusted', 'untrusted', 'unknown'] },
  { asked: /\bread the (samples|names)\b|look at the first chunk|nonsens/i, choices: ['encoded', 'readable', 'unsure'] },
]
const TICK: readonly StepAnswer[] = ['done']

export const choicesOf = (words: string): readonly StepAnswer[] => QUESTIONS.find(({ asked }) => asked.test(words))?.choices ?? TICK

/** 32-bit FNV-1a of the UTF-16 units, base 36. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(36)
}

/** A readable key of the step's words: new words are a new step, whose answer nobody gave yet. */
export function stepIdOf(words: string): string {
  const slug = words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return `${slug.slice(0, 48)}-${fingerprint(words)}`.replace(/^-+/, '')
}

/** The steps of a section, in its order; a step that stands there twice is one. */
export function stepsOf(section: GuideSection): readonly StepOfGuide[] {
  const items = section.blocks.flatMap((block) => (block.kind === 'list' ? block.items : []))
  const steps = new Map<string, StepOfGuide>()
  for (const blocks of items) {
    const words = wordsOf(blocks)
    const id = stepIdOf(words)
    if (!steps.has(id)) steps.set(id, { id, words, blocks, choices: choicesOf(words) })
  }
  return [...steps.values()]
}

/** Where the card of a step stands on the page. */
export const stepAnchor = (number: number): string => `step-${number}`

/** The first sentence, short enough for a line of the history. */
export function headOf(words: string): string {
  const [sentence = ''] = words.split(/(?<=[.?:!])\s/, 1)
  return sentence.length > 120 ? `${sentence.slice(0, 119)}…` : sentence
}

export interface GuideProgress {
  readonly total: number
  /** Steps that neither a person nor the evidence has answered, with their place in the guide. */
  readonly open: readonly { readonly number: number; readonly head: string }[]
}

export function progressOf(guide: readonly GuideSection[], answered: readonly GuideStep[], alarm: Alarm): GuideProgress {
  const ids = new Set(answered.map(({ stepId }) => stepId))
  const steps = guide.filter(isSteps).flatMap(stepsOf)
  const open = steps.flatMap(({ id, words, choices }, index) => {
    const byItself = choices.length === 1 && answersTo(words, alarm).some(({ settles }) => settles)
    return ids.has(id) || byItself ? [] : [{ number: index + 1, head: headOf(words) }]
  })
  return { total: steps.length, open }
}

/** One line for the sheet that closes the alarm; null when nothing is left open. */
export function openStepsLine({ total, open }: GuideProgress): string | null {
  if (open.length === 0) return null
  const numbers = open.map(({ number }) => number).join(', ')
  return open.length === 1
    ? `Step ${numbers} of the guide is not answered: ${open[0]?.head ?? ''}`
    : `${open.length} of ${total} steps of the guide are not answered: ${numbers}.`
}
