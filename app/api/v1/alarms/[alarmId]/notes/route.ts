import { AddNoteBody, AlarmParams, NoteResponse } from '@/lib/api/contracts/alarms'
import { defineRoute } from '@/lib/server/route'
import { addNote } from '@/lib/services/alarms/add-note'

export const POST = defineRoute({
  params: AlarmParams,
  body: AddNoteBody,
  response: NoteResponse,
  status: 201,
  handle: ({ ctx, params, body }) => addNote(ctx, { ...params, ...body }),
})
