import { describe, expect, test } from 'vitest'
import { LiveBacklog } from './live-backlog'

/** So many events a second of event time, from second 0. */
const events = (perSecond: number, seconds: number) =>
  Array.from({ length: perSecond * seconds }, (_, n) => ({ at: Math.floor(n / perSecond) * 1_000 }))

describe('when there is room again', () => {
  test('is not known before the analyser was seen to work', () => {
    const backlog = new LiveBacklog()
    backlog.add(events(100, 10), 0, 0)
    expect(backlog.waiting(0, 0)).toBe(1_000)
    expect(backlog.secondsUntilRoom(1_000, 0)).toBe(5)
  })

  // 1,000 wait of 500 that may; room is below 450. At 100 a second that takes 5.5 s, at 20 a second 27.5 s.
  test.each([
    [100, 6],
    [20, 28],
    [1, 60],
  ])('follows its pace of %i events a second', (pace, expected) => {
    const backlog = new LiveBacklog()
    backlog.add(events(pace, 10), 0, 0)
    for (let second = 0; second <= 10; second++) backlog.waiting(second * 1_000, second * 1_000)
    backlog.add(
      events(100, 10).map(({ at }) => ({ at: at + 20_000 })),
      10_000,
      10_000,
    )
    expect(backlog.waiting(10_000, 11_000)).toBe(1_000)
    expect(backlog.secondsUntilRoom(500, 11_000)).toBe(expected)
  })
})
