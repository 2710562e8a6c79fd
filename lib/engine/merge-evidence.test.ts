import { expect, test } from 'vitest'
import { emptyEvidence } from '@/lib/domain/evidence'
import { mergeEvidence } from './merge-evidence'

const withNotices = (...notices: string[]) => ({ ...emptyEvidence, notices })

test('a notice whose numbers moved on replaces the earlier one; others stay', () => {
  const earlier = withNotices('Young model: 535 samples over 0.5 hours.', 'The run was cut at 100 alarms.')
  const later = withNotices('Young model: 728 samples over 0.75 hours.', 'The client hides behind a resolver.')
  expect(mergeEvidence(earlier, later, true).notices).toEqual([
    'Young model: 728 samples over 0.75 hours.',
    'The run was cut at 100 alarms.',
    'The client hides behind a resolver.',
  ])
})
