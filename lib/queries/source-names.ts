import { queryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { NameHistoryResponse, SourceNamesResponse } from '@/lib/api/contracts/assets'
import { MAX_NAMED_CHARACTERS, MAX_NAMED_SOURCES } from '@/lib/domain/named-sources'
import { assetKeys } from './assets'

export type SourceNameAnswer = SourceNamesResponse['names'][number]

/** Rows that appear together ask together. */
const GATHER_MS = 20
const FRESH_MS = 60_000

interface Wish {
  /** As the request writes it: the source, and the instant behind an at sign. */
  readonly text: string
  readonly resolve: (name: SourceNameAnswer | null) => void
  readonly reject: (error: unknown) => void
}

let wishes: Wish[] = []

const wishText = (source: string, at: number | null): string => (at === null ? source : `${source}@${at}`)

/** As many as fit a request, in their order. */
function* parts(asked: readonly Wish[]): Generator<readonly Wish[]> {
  let part: Wish[] = []
  let characters = 0
  for (const wish of asked) {
    if (part.length === MAX_NAMED_SOURCES || characters + wish.text.length + 1 > MAX_NAMED_CHARACTERS) {
      yield part
      part = []
      characters = 0
    }
    part.push(wish)
    characters += wish.text.length + 1
  }
  if (part.length > 0) yield part
}

async function ask(): Promise<void> {
  const asked = wishes
  wishes = []
  for (const part of parts(asked)) {
    try {
      const sources = encodeURIComponent(part.map(({ text }) => text).join(','))
      const { names } = await apiFetch<SourceNamesResponse>(`/assets/names?sources=${sources}`)
      const byText = new Map(names.map((name) => [wishText(name.source, name.at), name]))
      for (const { text, resolve } of part) resolve(byText.get(text) ?? null)
    } catch (error) {
      for (const { reject } of part) reject(error)
    }
  }
}

const nameOf = (source: string, at: number | null): Promise<SourceNameAnswer | null> =>
  new Promise((resolve, reject) => {
    if (wishes.length === 0) setTimeout(() => void ask(), GATHER_MS)
    wishes.push({ text: wishText(source, at), resolve, reject })
  })

/**
 * The name that a source had at an instant, null when none is known; what is asked within 20 ms goes in one request.
 *
 * @param at - epoch ms; null for now.
 */
export const sourceNameOptions = (source: string, at: number | null) =>
  queryOptions({
    queryKey: [...assetKeys.all, 'name', source, at] as const,
    queryFn: () => nameOf(source, at),
    // Comma and at sign are no part of an address or a host name: they would be taken for two sources, or for an instant.
    enabled: source !== '' && source.length <= 253 && !/[,@]/.test(source),
    staleTime: FRESH_MS,
    retry: false,
  })

/** Names an address has had, or addresses a host name has had. */
export const nameHistoryOptions = (of: string) =>
  queryOptions({
    queryKey: [...assetKeys.all, 'name-history', of] as const,
    queryFn: ({ signal }) => apiFetch<NameHistoryResponse>(`/assets/names/history?of=${encodeURIComponent(of.slice(0, 300))}`, { signal }),
    staleTime: FRESH_MS,
  })
