'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Icon } from '@/components/ui/icon'
import { InertText } from '@/components/ui/inert-text'
import { TextArea } from '@/components/ui/text-area'
import { TimeText } from '@/components/ui/time-text'
import { showToast } from '@/components/ui/toast'
import type { GuideStep, StepAnswer } from '@/lib/domain/guide-step'
import { failureOf } from '@/lib/queries/failure'
import { useAnswerGuideStep } from '@/lib/queries/guide-steps'
import type { answersTo } from './guide-answers'
import { GuideBlocks } from './guide-blocks'
import { headOf, type StepOfGuide, stepAnchor } from './guide-steps'

interface StepCardProps {
  readonly alarmId: string
  readonly number: number
  readonly step: StepOfGuide
  readonly answers: ReturnType<typeof answersTo>
  /** What a person answered; null when nobody has. */
  readonly given: GuideStep | null
  readonly refusal: string | null
}

/** One step: what to do, what the evidence says, what a person found. */
export function StepCard({ alarmId, number, step, answers, given, refusal }: StepCardProps) {
  return (
    <li id={stepAnchor(number)} className="flex min-w-0 scroll-mt-20 flex-col gap-2 rounded-md border border-line bg-surface px-3 py-2.5">
      <div className="flex gap-2 text-base">
        <span aria-hidden="true" className="tabular text-faint">
          {number}
        </span>
        <div className="min-w-0">
          <GuideBlocks blocks={step.blocks} />
        </div>
      </div>
      {answers.length > 0 && (
        <div className="rounded-sm bg-sunken px-2 py-1.5 text-sm [&_a]:text-accent [&_a]:underline">
          <span className="eyebrow">From the evidence</span>
          {answers.map(({ id, node }) => (
            <div key={id} className="wrap-anywhere">
              {node}
            </div>
          ))}
        </div>
      )}
      <Answer alarmId={alarmId} number={number} step={step} given={given} refusal={refusal} />
    </li>
  )
}

function Answer({ alarmId, number, step, given, refusal }: Omit<StepCardProps, 'answers'>) {
  const [writing, setWriting] = useState(false)
  const { store, pending } = useStore(alarmId, number, step, given)
  return (
    <div className="mt-auto flex min-w-0 flex-col gap-1.5">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend on every card, and its frame breaks the card's layout */}
      <div role="group" aria-label={`Answer to step ${number}`} data-print="hide" className="flex flex-wrap items-center gap-1.5">
        {step.choices.map((choice) => (
          <Choice
            key={choice}
            choice={choice}
            chosen={given?.answer === choice}
            refusal={refusal}
            pending={pending}
            onPress={() => store(given?.answer === choice ? null : choice, given?.answer === choice ? null : (given?.note ?? null))}
          />
        ))}
        {given !== null && refusal === null && !writing && (
          <Button size="sm" variant="ghost" icon="note" aria-label={`Note on step ${number}`} onClick={() => setWriting(true)}>
            {given.note === null ? 'Add note' : 'Edit note'}
          </Button>
        )}
      </div>
      {given !== null && (
        <p className="m-0 text-muted text-sm">
          <span className="font-medium text-ink first-letter:uppercase">{given.answer}</span>, <InertText text={given.byName} />,{' '}
          <TimeText at={given.at} relative />
        </p>
      )}
      {given?.note && !writing && (
        <p className="wrap-anywhere m-0 whitespace-pre-wrap rounded-sm bg-sunken px-2 py-1 text-sm">
          <InertText text={given.note} />
        </p>
      )}
      {writing && given !== null && (
        <NoteField
          number={number}
          note={given.note}
          pending={pending}
          onCancel={() => setWriting(false)}
          onSave={(note) => store(given.answer, note, () => setWriting(false))}
        />
      )}
    </div>
  )
}

interface ChoiceProps {
  readonly choice: StepAnswer
  readonly chosen: boolean
  readonly refusal: string | null
  readonly pending: boolean
  readonly onPress: () => void
}

function Choice({ choice, chosen, refusal, pending, onPress }: ChoiceProps) {
  return (
    <Button
      size="sm"
      aria-pressed={chosen}
      disabledReason={refusal}
      aria-disabled={pending || undefined}
      onClick={() => pending || onPress()}
      className={cx('first-letter:uppercase', chosen && 'border-accent-fill bg-selected font-semibold text-accent')}
    >
      {chosen ? <Icon name="check" size={14} /> : null}
      {choice[0]?.toUpperCase()}
      {choice.slice(1)}
    </Button>
  )
}

interface NoteFieldProps {
  readonly number: number
  readonly note: string | null
  readonly pending: boolean
  readonly onCancel: () => void
  readonly onSave: (note: string | null) => void
}

function NoteField({ number, note, pending, onCancel, onSave }: NoteFieldProps) {
  const [text, setText] = useState(note ?? '')
  return (
    <form
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault()
        onSave(text.trim() || null)
      }}
    >
      <TextArea autoFocus label={`Note on step ${number}`} hideLabel value={text} onValueChange={setText} rows={2} maxLength={2_000} />
      <div className="flex gap-1.5">
        <Button type="submit" size="sm" pending={pending}>
          Save note
        </Button>
        <Button size="sm" variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

/** Stores an answer and offers to put back what stood before it. */
function useStore(alarmId: string, number: number, step: StepOfGuide, given: GuideStep | null) {
  const mutation = useAnswerGuideStep(alarmId)
  const send = async (answer: StepAnswer | null, note: string | null, expectedAt: number | null): Promise<GuideStep | null | 'failed'> => {
    try {
      const stored = await mutation.mutateAsync({ stepId: step.id, step: headOf(step.words), answer, note, expectedAt })
      return stored.step
    } catch (error) {
      showToast({ title: `The answer to step ${number} was not stored`, description: failureOf(error).detail, tone: 'danger' })
      return 'failed'
    }
  }
  const store = (answer: StepAnswer | null, note: string | null, onStored?: () => void) => {
    void send(answer, note, given?.at ?? null).then((stored) => {
      if (stored === 'failed') return
      onStored?.()
      const putBack = () => void send(given?.answer ?? null, given?.note ?? null, stored?.at ?? null)
      const title = stored === null ? `Step ${number}: answer taken back` : `Step ${number}: ${stored.answer}`
      showToast({ title, action: { label: 'Undo', onAction: putBack } })
    })
  }
  return { store, pending: mutation.isPending }
}
