import { queryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import { MAX_NAMED_SOURCES, SourceNamesResponse } from '@/lib/api/contracts/assets'
import { assetKeys } from './assets'

/** Rows that appear together ask together. */
const GATHER_MS = 20
const FRESH_MS = 60_000

interface Wish {
  readonly source: string
  readonly resolve: (name: string | null) => void
  readonly reject: (error: unknown) => void
}

let wishes: Wish[] = []

async function ask(): Promise<void> {
  const asked = wishes
  wishes = []
  for (let from = 0; from < asked.length; from += MAX_NAMED_SOURCES) {
    const part = asked.slice(from, from + MAX_NAMED_SOURCES)
    try {
      const sources = encodeURIComponent(part.map(({ source }) => source).join(','))
      const { names } = await apiFetch(`/assets/names?sources=${sources}`, SourceNamesResponse)
      const bySource = new Map(names.map(({ source, name }) => [source, name]))
      for (const { source, resolve } of part) resolve(bySource.get(source) ?? null)
    } catch (error) {
      for (const { reject } of part) reject(error)
    }
  }
}

const nameOf = (source: string): Promise<string | null> =>
  new Promise((resolve, reject) => {
    if (wishes.length === 0) setTimeout(() => void ask(), GATHER_MS)
    wishes.push({ source, resolve, reject })
  })

/** Display name of one source, null when nobody named it. */
export const sourceNameOptions = (source: string) =>
  queryOptions({
    queryKey: [...assetKeys.all, 'name', source] as const,
    queryFn: () => nameOf(source),
    // A comma is no part of an address or a host name: it would be taken for two sources. Longer names would not fit a URL.
    enabled: source !== '' && source.length <= 100 && !source.includes(','),
    staleTime: FRESH_MS,
    retry: false,
  })
