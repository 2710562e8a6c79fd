'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { showToast } from '@/components/ui/toast'
import type { LogSource } from '@/lib/domain/log-source'
import { failureOf } from '@/lib/queries/failure'
import { useSetLogSourceFormat } from '@/lib/queries/log-sources'
import { sourceListOptions } from '@/lib/queries/sources'
import { FailureText } from './failure-text'

/** No format is called so. */
const BY_CONTENT = 'by-content'

interface FormatSettingProps {
  readonly source: LogSource
  /** Why the reader may not change it; null when they may. */
  readonly refusal: string | null
}

/** As what the source's records are read from now on. */
export function FormatSetting({ source, refusal }: FormatSettingProps) {
  const { data } = useQuery(sourceListOptions())
  const set = source.settings.format ?? BY_CONTENT
  const [chosen, setChosen] = useState(set)
  const setting = useSetLogSourceFormat(source.id)
  const options = [
    { value: BY_CONTENT, label: 'Recognised by content' },
    ...(data?.formats ?? []).map(({ id, title }) => ({ value: id, label: title })),
  ]
  return (
    <section aria-labelledby="format" className="flex flex-col gap-2">
      <h2 id="format" className="m-0 font-semibold text-lg">
        Format
      </h2>
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <Select
          label="Read what arrives as"
          value={chosen}
          options={options}
          onValueChange={setChosen}
          size="sm"
          className="w-72 max-w-full"
        />
        <Button
          size="sm"
          disabledReason={refusal ?? (chosen === set ? 'It is read so already.' : null)}
          pending={setting.isPending}
          onClick={() =>
            setting.mutate(chosen === BY_CONTENT ? null : chosen, { onSuccess: () => showToast({ title: 'The format is changed' }) })
          }
        >
          Change format
        </Button>
      </div>
      <p className="m-0 text-muted text-sm">
        It holds for what arrives from now on; rejected records that are kept can be read again as another format.
      </p>
      {setting.error === null ? null : (
        <FailureText detail={failureOf(setting.error).detail} requestId={failureOf(setting.error).requestId} />
      )}
    </section>
  )
}
