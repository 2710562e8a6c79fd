import type { BenignFamily, CloseReason } from '@/lib/domain/alarm'

interface Outcome<Value extends string> {
  readonly value: Value
  readonly key: string
  readonly label: string
  /** When to choose it, one sentence. */
  readonly meaning: string
}

/** Reasons to close, in the order of their keys. Every path that closes an alarm uses this list. */
export const REASONS: readonly Outcome<CloseReason>[] = [
  { value: 'true-positive', key: '1', label: 'True positive', meaning: 'It was a tunnel or exfiltration, and it is dealt with.' },
  { value: 'authorised-test', key: '2', label: 'Authorised test', meaning: 'It was a tunnel, run by people who were allowed to.' },
  { value: 'benign-positive', key: '3', label: 'Benign positive', meaning: 'The traffic is as described, and a known service causes it.' },
  {
    value: 'false-positive',
    key: '4',
    label: 'False positive',
    meaning: 'The detector or its data is wrong: this is not what the alarm says.',
  },
  { value: 'duplicate', key: '5', label: 'Duplicate', meaning: 'Another alarm already covers the same activity.' },
  {
    value: 'undetermined',
    key: '6',
    label: 'Undetermined',
    meaning: 'What can be known is known, and it does not decide. Needs a note.',
  },
]

/** Services that look like tunnels, by the letter that follows a 3. */
export const FAMILIES: readonly Outcome<BenignFamily>[] = [
  { value: 'update-service', key: 'a', label: 'Update service', meaning: 'Patch, signature or reputation look-ups of installed software.' },
  { value: 'cdn', key: 'b', label: 'CDN', meaning: 'Content delivery with generated host names.' },
  {
    value: 'internal-monitoring',
    key: 'c',
    label: 'Monitoring or discovery',
    meaning: 'Health checks and service discovery of our own network.',
  },
  {
    value: 'cloud-load-balancing',
    key: 'd',
    label: 'Cloud load balancing',
    meaning: 'Short-lived names that a cloud provider hands out.',
  },
  { value: 'scripted-application', key: 'e', label: 'Scripted look-ups', meaning: 'A job or script of ours that asks for many names.' },
]

/** Reasons that say "this may come again": only they may add an allowlist entry. */
export const mayIgnore = (reason: CloseReason | null): boolean =>
  reason === 'benign-positive' || reason === 'false-positive' || reason === 'authorised-test'

export const reasonLabel = (reason: CloseReason): string => REASONS.find((each) => each.value === reason)?.label ?? reason

export const familyLabel = (family: BenignFamily): string => FAMILIES.find((each) => each.value === family)?.label ?? family

/** "CDN" rather than "Benign positive", because the family says more. */
export const outcomeLabel = (reason: CloseReason | null, family: BenignFamily | null): string =>
  family !== null ? familyLabel(family) : reason !== null ? reasonLabel(reason) : 'decided'
