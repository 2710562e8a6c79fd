'use client'
import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { useRefusal } from '@/components/shell/current-user'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { useClock } from '@/components/ui/clock'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { plural } from '@/components/ui/format'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TextField } from '@/components/ui/text-field'
import type { AllowlistEntry } from '@/lib/domain/allowlist'
import { allowlistOptions } from '@/lib/queries/allowlist'
import { failureOf } from '@/lib/queries/failure'
import { allowlistSearchParams } from '@/lib/url/allowlist-search-params'
import { AddEntryDialog } from './add-entry-dialog'
import { CheckName } from './check-name'
import { EntryList } from './entry-list'
import { entryState, matchesText, sortEntries } from './entry-state'
import { ProposalList } from './proposal-list'
import { RemoveEntryDialog } from './remove-entry-dialog'

interface AllowlistBoardProps {
  /** Title by detector id. */
  readonly detectorTitles: Readonly<Record<string, string>>
}

export function AllowlistBoard({ detectorTitles }: AllowlistBoardProps) {
  const [{ removed, text }, setParams] = useQueryStates(allowlistSearchParams)
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<AllowlistEntry | null>(null)
  const refusal = useRefusal('allowlist:manage')
  const fromAlarm = useRefusal('allowlist:add-from-alarm')
  const { now } = useClock()
  const { data, error, isPending, refetch, isRefetching } = useQuery(allowlistOptions(removed))
  const entries = data?.entries ?? []
  const shown = sortEntries(entries, now).filter((entry) => matchesText(entry, text))
  const active = entries.filter((entry) => ['active', 'expiring'].includes(entryState(entry, now)))
  const hidden = active.reduce((sum, entry) => sum + entry.hiddenAlarms, 0)
  return (
    <>
      <PageHeader
        title="Allowlist"
        description={
          data && active.length > 0
            ? `${plural(active.length, 'entry', 'entries')} in force, hiding ${plural(hidden, 'alarm')}. Every entry has an author, a reason and an end.`
            : 'Names whose alarms are hidden for a time. Every entry has an author, a reason and an end.'
        }
        actions={
          <Button
            variant="primary"
            icon="plus"
            disabledReason={refusal && `${refusal} ${fromAlarm === null ? 'You can add one while closing an alarm.' : ''}`.trim()}
            onClick={() => setAdding(true)}
          >
            Add entry
          </Button>
        }
      />
      <div className="flex flex-col gap-5">
        <CheckName detectorTitles={detectorTitles} />
        <ProposalList />
        {error && data === undefined ? (
          <ErrorPanel
            title="The allowlist could not be loaded"
            detail={failureOf(error).detail}
            requestId={failureOf(error).requestId}
            onRetry={() => void refetch()}
            retrying={isRefetching}
          />
        ) : isPending ? (
          <SkeletonRows rows={5} label="Loading the allowlist" />
        ) : (
          <section aria-label="Entries" className="flex flex-col gap-3">
            <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
              <TextField
                label="Find an entry"
                hideLabel
                type="search"
                placeholder="Domain, reason or author"
                value={text}
                onValueChange={(value) => void setParams({ text: value || null })}
                className="w-full sm:w-72"
              />
              <Checkbox label="Show removed entries" checked={removed} onCheckedChange={(on) => void setParams({ removed: on || null })} />
            </div>
            {shown.length > 0 ? (
              <EntryList entries={shown} detectorTitles={detectorTitles} refusal={refusal} onRemove={setRemoving} />
            ) : (
              <Nothing filtered={entries.length > 0} onClear={() => void setParams({ text: null })} />
            )}
          </section>
        )}
      </div>
      <AddEntryDialog open={adding} onOpenChange={setAdding} detectorTitles={detectorTitles} />
      <RemoveEntryDialog entry={removing} onClose={() => setRemoving(null)} />
    </>
  )
}

function Nothing({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) {
  if (filtered)
    return (
      <EmptyState kind="filtered" title="No entry matches" actions={<Button onClick={onClear}>Show all entries</Button>}>
        Other words may find it: the domain, the reason, who added it.
      </EmptyState>
    )
  return (
    <EmptyState kind="first" icon="allowlist" title="Nothing is ignored">
      No entry hides an alarm; what the benign catalogue explains by itself is under Suppressed in the queue. When an alarm turns out to be
      harmless, close it as a false positive and add its domain from there: the narrowest scope is chosen for you.
    </EmptyState>
  )
}
