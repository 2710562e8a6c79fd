'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useRefusal } from '@/components/shell/current-user'
import { Button } from '@/components/ui/button'
import { formatBytes, formatCount, plural } from '@/components/ui/format'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import type { ReadAgainResult } from '@/lib/domain/read-again'
import { ownerKey, type RejectOwner } from '@/lib/domain/reject-owner'
import { failureOf } from '@/lib/queries/failure'
import { keptRejectsOptions, useReadAgain } from '@/lib/queries/rejects'
import { sourceListOptions } from '@/lib/queries/sources'
import { FailureText } from './failure-text'

/** No format is called so. */
const AS_BEFORE = 'as-before'

interface ReadAgainProps {
  readonly owner: RejectOwner
  readonly id: string
  /** Records that could not be read, kept or not. */
  readonly rejected: number
}

/** Offers to read rejected records again, once an upgrade or another format may make sense of them. */
export function ReadAgain({ owner, id, rejected }: ReadAgainProps) {
  const { data } = useQuery(keptRejectsOptions())
  const [format, setFormat] = useState(AS_BEFORE)
  const reading = useReadAgain()
  const refusal = useRefusal('source:import')
  const kept = data?.kept[ownerKey(owner, id)]
  const { data: result, error } = reading
  if (kept === undefined && result === undefined) return null
  return (
    <div className="flex flex-col gap-2">
      {kept === undefined ? null : (
        <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
          <p className="m-0 min-w-0 flex-1 basis-72 text-muted text-sm">
            {keptText(kept.records, kept.bytes, rejected)}
            {kept.dropped > 0 ? ` ${formatCount(kept.dropped)} older ones made room and are gone.` : ''} After an upgrade, or as another
            format, they may be readable.
          </p>
          <FormatChoice value={format} onChange={setFormat} />
          <Button
            size="sm"
            icon="refresh"
            disabledReason={refusal}
            pending={reading.isPending}
            onClick={() => reading.mutate({ owner, id, format: format === AS_BEFORE ? null : format })}
          >
            Read again
          </Button>
        </div>
      )}
      <div role="status">{result === undefined ? null : <Outcome result={result} />}</div>
      {error === null ? null : <FailureText detail={failureOf(error).detail} requestId={failureOf(error).requestId} />}
    </div>
  )
}

const keptText = (records: number, bytes: number, rejected: number): string =>
  records >= rejected
    ? `${plural(records, 'record')} kept whole (${formatBytes(bytes)}).`
    : `${formatCount(records)} of them are kept whole (${formatBytes(bytes)}).`

function FormatChoice({ value, onChange }: { readonly value: string; readonly onChange: (format: string) => void }) {
  const { data } = useQuery(sourceListOptions())
  const options = [{ value: AS_BEFORE, label: 'As before' }, ...(data?.formats ?? []).map(({ id, title }) => ({ value: id, label: title }))]
  return <Select label="Read as" value={value} options={options} onValueChange={onChange} size="sm" className="w-56" />
}

function Outcome({ result: { records, added, duplicates, rejected } }: { readonly result: ReadAgainResult }) {
  return (
    <Notice tone={added > 0 ? 'neutral' : 'warn'}>
      {plural(records, 'record')} read again: {plural(added, 'event')} added, {formatCount(duplicates)} known before,{' '}
      {formatCount(rejected)} still rejected.
    </Notice>
  )
}
