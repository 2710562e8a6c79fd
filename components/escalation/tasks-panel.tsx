'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '@/components/alarm/panel'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { InertText } from '@/components/ui/inert-text'
import { Select } from '@/components/ui/select'
import { TextField } from '@/components/ui/text-field'
import { TimeText } from '@/components/ui/time-text'
import type { EscalationTask } from '@/lib/domain/escalation'
import { escalationPeopleOptions } from '@/lib/queries/escalations'
import type { EscalationPart } from './escalation-header'

const NOBODY = '*'

/** What the guides ask for after an escalation, and what people added: who does it, who did it and when. */
export function TasksPanel({ detail: { tasks }, changer, refusal }: EscalationPart) {
  const [text, setText] = useState('')
  const done = tasks.filter((task) => task.done !== null).length
  const add = async () => {
    if (text.trim() === '') return
    if ((await changer.make({ kind: 'add-task', text: text.trim() })) !== null) setText('')
  }
  return (
    <Panel id="response" title="Response" description={`${done} of ${tasks.length} steps done.`}>
      <ol className="m-0 flex list-none flex-col gap-0 p-0">
        {tasks.map((task) => (
          <Step key={task.id} task={task} changer={changer} refusal={refusal} />
        ))}
      </ol>
      {refusal === null ? (
        <form
          className="mt-3 flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            void add()
          }}
        >
          <TextField label="A step of your own" className="min-w-0 flex-1" maxLength={500} value={text} onValueChange={setText} />
          <Button type="submit" icon="plus" pending={changer.pending}>
            Add
          </Button>
        </form>
      ) : null}
    </Panel>
  )
}

function Step({ task, changer, refusal }: { readonly task: EscalationTask } & Pick<EscalationPart, 'changer' | 'refusal'>) {
  const { id, text, done, assignee } = task
  return (
    <li className="border-line border-b py-1.5 last:border-b-0">
      <Checkbox
        label={
          <span className={done === null ? 'wrap-anywhere' : 'wrap-anywhere text-muted line-through'}>
            <InertText text={text} />
          </span>
        }
        checked={done !== null}
        disabled={refusal !== null}
        onCheckedChange={(checked) => void changer.make({ kind: 'tick', taskId: id, done: checked })}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pl-6 text-muted text-xs">
        {done === null ? (
          <Assignee task={task} changer={changer} refusal={refusal} />
        ) : (
          <span>
            Done by <InertText text={done.name} limit={60} /> <TimeText at={done.at} precision="minute" />
            {assignee !== null && assignee.userId !== done.userId ? ` for ${assignee.name}` : ''}
          </span>
        )}
      </div>
    </li>
  )
}

function Assignee({ task, changer, refusal }: { readonly task: EscalationTask } & Pick<EscalationPart, 'changer' | 'refusal'>) {
  const { data } = useQuery({ ...escalationPeopleOptions(), enabled: refusal === null })
  const { assignee } = task
  if (refusal !== null) return assignee === null ? null : <InertText text={assignee.name} limit={60} />
  const known = data?.people ?? []
  const people = assignee === null || known.some(({ userId }) => userId === assignee.userId) ? known : [assignee, ...known]
  return (
    <Select
      label={`Who does: ${task.text}`}
      hideLabel
      size="sm"
      className="w-44"
      value={assignee?.userId ?? NOBODY}
      onValueChange={(next) => void changer.make({ kind: 'assign-task', taskId: task.id, userId: next === NOBODY ? null : next })}
      options={[{ value: NOBODY, label: 'Nobody yet' }, ...people.map(({ userId, name }) => ({ value: userId, label: name }))]}
    />
  )
}
