'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { memo } from 'react'
import { rowId } from '@/components/alarm/queue-row'
import { RowChunk } from '@/components/alarm/row-chunk'
import { SourceName } from '@/components/asset/source-name'
import { Sparkline } from '@/components/chart/sparkline'
import { LookersMark } from '@/components/shell/lookers'
import { Badge } from '@/components/ui/badge'
import { Button, IconButton } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { formatCompact, formatCount, plural } from '@/components/ui/format'
import { InertText, inertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { TimeText } from '@/components/ui/time-text'
import type { Story } from '@/lib/domain/story'
import { type AlarmListFilter, alarmListOptions } from '@/lib/queries/alarms'

interface StoryTableProps {
  readonly stories: readonly Story[]
  readonly filter: AlarmListFilter
  /** Worst alarm of the story under the cursor. */
  readonly activeId: string | null
  readonly open: ReadonlySet<string>
  readonly onToggle: (key: string) => void
  readonly onFocusRow: (alarmId: string) => void
  readonly detectorTitle: (id: string) => string
}

/** Stories of one stretch; as many as the server gives a page. */
const CHUNK = 50

/** Stories, each of which opens to its alarms. */
export function StoryTable({ stories, filter, activeId, open, onToggle, onFocusRow, detectorTitle }: StoryTableProps) {
  const chunks = Array.from({ length: Math.ceil(stories.length / CHUNK) }, (_, at) => stories.slice(at * CHUNK, (at + 1) * CHUNK))
  return (
    <div className="border-line border-t">
      {chunks.map((chunk, index) => (
        <RowChunk
          // biome-ignore lint/suspicious/noArrayIndexKey: a chunk is a place in the list, not what stands there
          key={index}
          kept={chunk.some((story) => story.worst.id === activeId)}
          list={index === 0 ? 'Stories' : `Stories from ${index * CHUNK + 1}`}
        >
          {chunk.map((story) => (
            <li key={story.key} className="border-line border-b">
              <StoryRow
                story={story}
                active={story.worst.id === activeId}
                open={open.has(story.key)}
                onToggle={onToggle}
                onFocusRow={onFocusRow}
                detectorTitle={detectorTitle}
              />
              {open.has(story.key) && <StoryAlarms story={story} filter={filter} detectorTitle={detectorTitle} />}
            </li>
          ))}
        </RowChunk>
      ))}
    </div>
  )
}

interface StoryRowProps {
  readonly story: Story
  readonly active: boolean
  readonly open: boolean
  readonly onToggle: (key: string) => void
  readonly onFocusRow: (alarmId: string) => void
  readonly detectorTitle: (id: string) => string
}

const listId = (story: Story) => `alarms-${story.worst.id}`

/** Drawn again for what it shows alone: what it calls stays the same. */
const StoryRow = memo(function StoryRow({ story, active, open, onToggle, onFocusRow, detectorTitle }: StoryRowProps) {
  const { worst } = story
  const others = story.hosts > 1 && story.topHost !== null ? ` and ${story.hosts - 1} more` : ''
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls; this names a row that keys act on
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: it takes the focus as the rows of the list by alarm do, and follows it
    <div
      id={rowId(worst.id)}
      data-story={story.key}
      data-active={active || undefined}
      role="group"
      aria-label={`${inertText(story.name)}, ${plural(story.alarms, 'alarm')}. ${inertText(worst.summary)}`}
      tabIndex={active ? 0 : -1}
      onFocus={() => onFocusRow(worst.id)}
      className={cx(
        'grid grid-cols-[auto_auto_minmax(0,1fr)] items-start gap-x-3 gap-y-1 px-3 py-2 outline-offset-[-2px] [contain-intrinsic-size:auto_var(--queue-row)] [content-visibility:auto] relaxed:py-3 lg:grid-cols-[auto_5.5rem_minmax(0,1fr)_11rem_7rem_6rem_7rem] lg:gap-x-4 compact:lg:min-h-7 compact:lg:items-center compact:lg:py-0',
        active ? 'bg-selected shadow-[inset_3px_0_0_var(--color-accent)]' : 'hover:bg-hover',
      )}
    >
      <IconButton
        icon={open ? 'chevron-down' : 'chevron-right'}
        size="sm"
        label={`${open ? 'Hide' : 'Show'} the alarms of ${inertText(story.name)}`}
        aria-expanded={open}
        aria-controls={listId(story)}
        onClick={() => onToggle(story.key)}
      />
      <div>
        <SeverityBadge severity={worst.severity} />
      </div>
      <div className="min-w-0 compact:lg:flex compact:lg:items-center compact:lg:gap-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 compact:lg:max-w-[60%] compact:lg:shrink-0 compact:lg:flex-nowrap compact:lg:overflow-hidden">
          <Link href={`/alarms/${worst.id}`} prefetch={false} className="min-w-0 text-ink no-underline hover:underline compact:lg:shrink-0">
            {worst.zone ? <NameText name={worst.zone} zone={worst.zone} /> : <InertText text={story.name} className="font-semibold" />}
          </Link>
          {story.detectors.map(({ id, count }) => (
            <Badge key={id} className="max-w-full overflow-hidden compact:lg:hidden">
              {detectorTitle(id)} <span className="tabular">×{formatCount(count)}</span>
            </Badge>
          ))}
          <span className="hidden compact:lg:inline">
            <Badge>{plural(story.detectors.length, 'detector')}</Badge>
          </span>
          {worst.tool && <Badge tone="accent">{worst.tool.name}</Badge>}
          <LookersMark subject={`alarm:${worst.id}`} />
          {story.notes > 0 && <Badge>{plural(story.notes, 'note')}</Badge>}
        </div>
        <p
          className="m-0 line-clamp-3 text-muted text-sm lg:line-clamp-2 compact:lg:line-clamp-1 compact:lg:min-w-0 compact:lg:flex-1"
          title={inertText(worst.summary)}
        >
          <InertText text={worst.summary} />
        </p>
      </div>
      <div className="col-span-2 col-start-2 min-w-0 text-sm lg:col-span-1 lg:col-start-auto">
        <span className="block truncate">
          <InertText text={story.topHost ?? 'no host named'} /> <SourceName source={story.topHost} at={story.lastSeenAt} />
          {others}
        </span>
        <span className="block truncate text-muted text-xs leading-5 compact:lg:hidden">
          {story.owners.length === 0 ? 'owned by nobody' : <InertText text={story.owners.join(', ')} />}
        </span>
      </div>
      <div className="tabular col-span-2 col-start-2 text-sm lg:col-span-1 lg:col-start-auto lg:text-right">
        <span className="lg:block">{plural(story.alarms, 'alarm')}</span>{' '}
        <span className="text-muted text-xs leading-5 lg:block compact:lg:hidden">{formatCompact(story.queries)} queries</span>
      </div>
      <Sparkline values={worst.sparkline} className="hidden h-[22px] w-24 lg:mt-2.5 lg:block compact:lg:mt-0 compact:lg:h-[18px]" />
      <div className="col-start-3 whitespace-nowrap text-sm lg:col-start-auto lg:text-right">
        <TimeText at={story.lastSeenAt} relative />
        <span className="ml-2 text-muted text-xs leading-5 lg:ml-0 lg:block compact:lg:hidden">
          since <TimeText at={story.firstSeenAt} relative />
        </span>
      </div>
    </div>
  )
})

/** The alarms of an open story, page by page. */
function StoryAlarms({ story, filter, detectorTitle }: Pick<StoryTableProps, 'filter' | 'detectorTitle'> & { readonly story: Story }) {
  const list = useInfiniteQuery(alarmListOptions({ ...filter, story: story.key }))
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <div id={listId(story)} className="border-line border-t bg-sunken/50 py-1 pr-3 pl-12">
      {list.isPending && <p className="m-0 py-1 text-muted text-sm">Loading its alarms…</p>}
      {list.isError && <p className="m-0 py-1 text-danger text-sm">Its alarms could not be loaded: {list.error.message}</p>}
      <ul aria-label={`Alarms of ${inertText(story.name)}`} className="m-0 list-none p-0">
        {rows.map((row) => (
          <li key={row.id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-line/60 border-b py-1.5 text-sm last:border-b-0">
            <SeverityBadge severity={row.severity} />
            <Link href={`/alarms/${row.id}`} prefetch={false}>
              {row.id}
            </Link>
            <span>{detectorTitle(row.detector)}</span>
            <span className="min-w-0 truncate">
              <InertText text={row.hostName ?? row.source ?? 'every source'} />{' '}
              <SourceName source={row.hostName ?? row.source} at={row.lastSeenAt} />
            </span>
            <span className="tabular text-muted">{formatCompact(row.queries)} queries</span>
            {row.owner && <InertText text={row.owner.name} className="text-muted" />}
            <span className="ml-auto text-muted">
              <TimeText at={row.lastSeenAt} relative />
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button size="sm" variant="ghost" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Load more of {formatCount(story.alarms)}
        </Button>
      )}
    </div>
  )
}
