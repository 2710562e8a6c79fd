'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useReducer, useRef } from 'react'
import { failureOf } from '@/lib/queries/failure'
import { sourceKeys } from '@/lib/queries/sources'
import { statusKeys } from '@/lib/queries/status'
import { unfinishedKey } from '@/lib/queries/unfinished-uploads'
import { discardFile, uploadLog } from '@/lib/queries/upload'
import { isUnderWay, nextToStart, type Upload, uploadReducer } from './upload-state'

export interface Uploads {
  readonly uploads: readonly Upload[]
  readonly add: (files: readonly File[]) => void
  /** Stops sending, and removes from the server what arrived. */
  readonly cancel: (id: string) => void
  /** Stops sending; what arrived stays on the server. */
  readonly pause: (id: string) => void
  readonly resume: (id: string) => void
  readonly retry: (id: string) => void
  readonly dismiss: (id: string) => void
}

/** Sends files one after the other; warns before the page is left while one is on its way. What was broken off goes on where it was. */
export function useUploads(): Uploads {
  const [uploads, dispatch] = useReducer(uploadReducer, [])
  const files = useRef(new Map<string, File>())
  const running = useRef<{ readonly id: string; readonly abort: AbortController } | null>(null)
  const client = useQueryClient()

  const send = useCallback(
    async (id: string, file: File) => {
      const abort = new AbortController()
      running.current = { id, abort }
      dispatch({ type: 'start', id, at: performance.now() })
      const onSent = (bytes: number) => dispatch({ type: 'sent', id, bytes, at: performance.now() })
      try {
        dispatch({
          type: 'done',
          id,
          intake: await uploadLog(file, { onSent, onLost: () => dispatch({ type: 'lost', id }), signal: abort.signal }),
        })
      } catch (error) {
        const { detail, requestId } = failureOf(error)
        if (!abort.signal.aborted) dispatch({ type: 'fail', id, detail, requestId })
      }
      if (running.current?.abort === abort) running.current = null
      for (const queryKey of [unfinishedKey, sourceKeys.all, statusKeys.all, ['alarms'], ['coverage']])
        void client.invalidateQueries({ queryKey })
    },
    [client],
  )

  const next = nextToStart(uploads)
  const nextId = next?.id
  useEffect(() => {
    const file = nextId === undefined ? undefined : files.current.get(nextId)
    if (nextId !== undefined && file && running.current === null) void send(nextId, file)
  }, [nextId, send])

  const busy = uploads.some(isUnderWay)
  useEffect(() => {
    if (!busy) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [busy])

  const add = useCallback((added: readonly File[]) => {
    const named = added.map((file) => ({ id: crypto.randomUUID(), name: file.name, size: file.size, file }))
    for (const { id, file } of named) files.current.set(id, file)
    dispatch({ type: 'add', files: named.map(({ id, name, size }) => ({ id, name, size })) })
  }, [])
  const stop = useCallback((id: string) => {
    if (running.current?.id !== id) return
    running.current.abort.abort()
    running.current = null
  }, [])
  const pause = useCallback(
    (id: string) => {
      stop(id)
      dispatch({ type: 'pause', id })
    },
    [stop],
  )
  const resume = useCallback((id: string) => dispatch({ type: 'resume', id }), [])
  const cancel = useCallback(
    (id: string) => {
      stop(id)
      dispatch({ type: 'cancel', id })
      const file = files.current.get(id)
      // What cannot be removed now is listed as unfinished, and goes by itself after a day.
      if (file)
        void discardFile(file)
          .catch(() => {})
          .then(() => client.invalidateQueries({ queryKey: unfinishedKey }))
    },
    [stop, client],
  )
  const retry = useCallback((id: string) => dispatch({ type: 'retry', id }), [])
  const dismiss = useCallback((id: string) => {
    files.current.delete(id)
    dispatch({ type: 'dismiss', id })
  }, [])
  return { uploads, add, cancel, pause, resume, retry, dismiss }
}
