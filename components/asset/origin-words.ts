import type { SourceNameAnswer } from '@/lib/queries/source-names'

/** Where a name comes from, in words. */
export const ORIGIN_WORDS: Readonly<Record<SourceNameAnswer['origin'], string>> = {
  asset: 'Name from the asset list',
  dhcp: 'Name from a DHCP lease',
  endpoint: 'Name told by the host’s own agent',
  ptr: 'Name from a reverse lookup',
  zone: 'Name from a lookup in an own zone',
}
