import { describe, expect, test } from 'vitest'
import { isNarrowed, loadAlarmsSearchParams, serializeAlarmsSearchParams, toAlarmFilter } from './alarms-search-params'

describe('alarms search params', () => {
  test('an empty address means open alarms, worst first', () => {
    const params = loadAlarmsSearchParams('')
    expect(toAlarmFilter(params)).toEqual({ status: ['open'], sort: 'worst' })
    expect(isNarrowed(params)).toBe(false)
  })

  test('every filter survives the way into the address and back', () => {
    const address =
      '?status=open,escalated&severity=high,critical&detector=dns_tunneling_ml&zone=t.example&source=10.0.0.5&technique=T1572&text=iodine&from=1700000000000&to=1700003600000&sort=newest'
    const params = loadAlarmsSearchParams(address)
    expect(toAlarmFilter(params)).toEqual({
      status: ['open', 'escalated'],
      severity: ['high', 'critical'],
      detector: ['dns_tunneling_ml'],
      zone: 't.example',
      source: '10.0.0.5',
      technique: 'T1572',
      text: 'iodine',
      from: 1_700_000_000_000,
      to: 1_700_003_600_000,
      sort: 'newest',
    })
    expect(isNarrowed(params)).toBe(true)
    expect(loadAlarmsSearchParams(serializeAlarmsSearchParams(params))).toEqual(params)
  })

  test.each([['?severity=terrible'], ['?from=yesterday'], ['?sort=random'], ['?text=%20%20']])(
    '%s is ignored, not passed on',
    (address) => {
      expect(toAlarmFilter(loadAlarmsSearchParams(address))).toEqual({ status: ['open'], sort: 'worst' })
    },
  )
})
