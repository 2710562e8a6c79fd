'use client'
import { useQuery } from '@tanstack/react-query'
import { InertText } from '@/components/ui/inert-text'
import { sourceNameOptions } from '@/lib/queries/source-names'

interface SourceNameProps {
  /** Address or name of a source, as an alarm has it; null for all of them. */
  readonly source: string | null
  readonly className?: string
}

/** The name that the asset list gives a source, for beside its address; nothing when it gives none. */
export function SourceName({ source, className }: SourceNameProps) {
  const { data } = useQuery(sourceNameOptions(source ?? ''))
  return data ? <InertText text={data} limit={100} {...(className === undefined ? {} : { className })} /> : null
}
