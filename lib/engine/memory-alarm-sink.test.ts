import { describe } from 'vitest'
import { alarmSinkContract } from '@/lib/store/contract/alarm-sink.contract'
import { createMemoryAlarmSink } from './memory-alarm-sink'

describe('in memory', () => {
  alarmSinkContract(() => ({ sink: createMemoryAlarmSink(), remove: () => {} }))
})
