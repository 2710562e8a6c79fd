/** Steps of detectors are 10 s of event time: a turn a second adds little to the time an alarm takes to show. */
const TURN_EVERY_MS = 1_000

export interface Loop {
  /** Begins no further turn. @returns when the one under way has ended. */
  stop(): Promise<void>
}

/** Runs `turn` again and again, a second after the last one ended. It is expected not to reject. */
export function startLoop(turn: () => Promise<void>, everyMs = TURN_EVERY_MS): Loop {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const next = (): void => {
    if (isStopped) return
    timer = setTimeout(() => {
      running = turn().finally(next)
    }, everyMs)
  }
  next()
  return {
    stop: () => {
      isStopped = true
      clearTimeout(timer)
      return running
    },
  }
}
