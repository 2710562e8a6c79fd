// Preloaded into the server: when the process that started it is gone without a word (SIGKILL), it stops as well,
// instead of keeping the port and the data folder.
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 1_000)
  timer.unref()
}
