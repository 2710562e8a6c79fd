import type { AssetRole } from '@/lib/domain/asset'

/** What a role is called, and what the detectors make of it. */
export const ASSET_ROLE_WORDS: Readonly<Record<AssetRole, { readonly label: string; readonly effect: string }>> = {
  resolver: { label: 'Resolver', effect: 'Its alarms warn that the real client is behind it.' },
  'dns-forwarder': { label: 'DNS forwarder', effect: 'Its alarms warn that the real client is behind it.' },
  'mail-server': { label: 'Mail server', effect: 'Look-ups in block lists lose 15 points.' },
  scanner: { label: 'Scanner', effect: 'Trying names that do not exist loses 15 points.' },
  monitoring: { label: 'Monitoring', effect: 'The same names at a steady beat lose 15 points.' },
  'own-zone': { label: 'Own zone', effect: 'A DNS zone of yours: names under it lose 15 points.' },
}
