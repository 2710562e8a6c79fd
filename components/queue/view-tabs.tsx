'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCurrentUser } from '@/components/shell/current-user'
import { IconButton } from '@/components/ui/button'
import { useClock } from '@/components/ui/clock'
import { cx } from '@/components/ui/cx'
import { formatCount } from '@/components/ui/format'
import { InertText, inertText } from '@/components/ui/inert-text'
import { showToast } from '@/components/ui/toast'
import type { SavedView } from '@/lib/domain/saved-view'
import { removeView, viewCountsOptions, viewKeys, viewsOptions } from '@/lib/queries/views'
import { type AlarmsSearchParams, NO_NARROWING, readAlarmsSearch, serializeAlarmsSearchParams } from '@/lib/url/alarms-search-params'

type Changes = { [Key in keyof AlarmsSearchParams]?: AlarmsSearchParams[Key] | null }

const DAY_MS = 86_400_000

/** When the day began that the clock of the page shows. */
export function startOfDay(now: number, mode: 'utc' | 'local'): number {
  return mode === 'utc' ? Math.floor(now / DAY_MS) * DAY_MS : new Date(now).setHours(0, 0, 0, 0)
}

const builtIn = (closedFrom: number) =>
  [
    { id: 'unassigned', label: 'Unassigned', changes: { status: ['open'], owner: 'none' } },
    { id: 'mine', label: 'Mine', changes: { status: ['open', 'escalated'], owner: 'me' } },
    { id: 'openHigh', label: 'Open high', changes: { status: ['open'], severity: ['high', 'critical'] } },
    { id: 'closedToday', label: 'Closed today', changes: { status: ['closed'], closedFrom } },
  ] as const satisfies readonly { id: string; label: string; changes: Changes }[]

/** Everything set as the view says; what it does not name is taken away. */
const asChanges = (changes: object, rows: AlarmsSearchParams['rows'] | null = null): Changes => ({
  ...NO_NARROWING,
  status: null,
  sort: null,
  rows,
  ...changes,
})

interface ViewTabsProps {
  readonly params: AlarmsSearchParams
  readonly onChange: (changes: Changes) => void
  readonly onSave: () => void
}

/** The views everybody has, with how many alarms stand there, and the saved ones. */
export function ViewTabs({ params, onChange, onSave }: ViewTabsProps) {
  const { now, mode } = useClock()
  const closedFrom = startOfDay(now, mode)
  const counts = useQuery({ ...viewCountsOptions(closedFrom), enabled: now > 0 })
  const views = useQuery(viewsOptions())
  const here = serializeAlarmsSearchParams(params)
  const isHere = (changes: Changes) => serializeAlarmsSearchParams(changes) === here
  return (
    <ul aria-label="Views" className="m-0 flex list-none flex-wrap items-center gap-1.5 p-0">
      {builtIn(closedFrom).map(({ id, label, changes }) => (
        <li key={id}>
          <ViewButton on={isHere(asChanges(changes, params.rows))} onClick={() => onChange(asChanges(changes, params.rows))}>
            {label} {counts.data && <span className="tabular text-faint">{formatCount(counts.data[id])}</span>}
          </ViewButton>
        </li>
      ))}
      {views.data?.views.map((view) => {
        const changes = asChanges(readAlarmsSearch(view.search))
        return (
          <li key={view.id} className="flex items-center">
            <ViewButton on={isHere(changes)} onClick={() => onChange(changes)} title={titleOf(view)}>
              <InertText text={view.name} />
            </ViewButton>
            {isHere(changes) && <RemoveView view={view} />}
          </li>
        )
      })}
      <li>
        <ViewButton on={false} onClick={onSave} shortcut="v">
          Save view
        </ViewButton>
      </li>
    </ul>
  )
}

const titleOf = ({ shared, byName, defaultOf }: SavedView) =>
  shared ? `Shared by ${inertText(byName)}${defaultOf ? `, the ${defaultOf}’s first view` : ''}` : 'Your own view'

interface ViewButtonProps {
  readonly on: boolean
  readonly onClick: () => void
  readonly children: React.ReactNode
  readonly title?: string
  readonly shortcut?: string
}

function ViewButton({ on, onClick, children, title, shortcut }: ViewButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onClick}
      title={title}
      aria-keyshortcuts={shortcut}
      className={cx(
        'tap h-7 max-w-64 truncate rounded-md border px-2 text-sm',
        on ? 'border-accent bg-selected font-medium text-ink' : 'border-line text-muted hover:bg-hover',
      )}
    >
      {children}
    </button>
  )
}

function RemoveView({ view }: { readonly view: SavedView }) {
  const { userId, role } = useCurrentUser()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => removeView(view.id),
    onError: (error) => showToast({ title: 'Not removed', description: error.message, tone: 'danger' }),
    onSettled: () => client.invalidateQueries({ queryKey: viewKeys.list }),
  })
  if (view.byUserId !== userId && role !== 'admin') return null
  return <IconButton icon="close" size="sm" label={`Remove the view ${inertText(view.name)}`} onClick={() => remove.mutate()} />
}
