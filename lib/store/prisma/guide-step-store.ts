import { type GuideStep, stepAnswerSchema } from '@/lib/domain/guide-step'
import { type GuideStepChange, type GuideStepStore, MAX_GUIDE_STEPS } from '@/lib/store/ports/guide-steps'
import type { GuideStep as GuideStepRecord } from './client/client'
import type { AppDb } from './open-app-db'
import { inWriteTransaction, raiseChangeNumber, type Tx } from './write-transaction'

const toGuideStep = ({ stepId, answer, note, byName, at }: GuideStepRecord): GuideStep => ({
  stepId,
  answer: stepAnswerSchema.parse(answer),
  note,
  byName,
  at: at.getTime(),
})

/** Answers to guide steps, in app.db. @param newId - ids of history lines. */
export function createPrismaGuideStepStore(db: AppDb, newId: () => string): GuideStepStore {
  return {
    list: async (alarmId) => {
      const records = await db.guideStep.findMany({
        where: { alarmId },
        orderBy: [{ at: 'asc' }, { stepId: 'asc' }],
        take: MAX_GUIDE_STEPS,
      })
      return records.map(toGuideStep)
    },
    answer: (change) => inWriteTransaction(db, (tx) => answerStep(tx, newId, change)),
  }
}

async function answerStep(tx: Tx, newId: () => string, change: GuideStepChange): ReturnType<GuideStepStore['answer']> {
  const { alarmId, stepId, step, answer, note, by } = change
  const key = { alarmId_stepId: { alarmId, stepId } }
  const before = await tx.guideStep.findUnique({ where: key })
  if ((before?.at.getTime() ?? null) !== change.expectedAt) return { conflict: before === null ? null : toGuideStep(before) }
  if (before === null && answer === null) return { step: null }
  if (before === null && (await tx.guideStep.count({ where: { alarmId } })) >= MAX_GUIDE_STEPS) return 'full'
  await tx.alarm.update({ where: { id: alarmId }, data: { changeNumber: await raiseChangeNumber(tx) } })
  const detail = answer === null ? `${step}: answer taken back` : `${step}: ${answer}`
  const at = new Date(change.at)
  await tx.alarmEvent.create({ data: { id: newId(), alarmId, at, action: 'checked', byUserId: by.userId, byName: by.name, note, detail } })
  if (answer === null) {
    await tx.guideStep.delete({ where: key })
    return { step: null }
  }
  const data = { step, answer, note, byUserId: by.userId, byName: by.name, at }
  return { step: toGuideStep(await tx.guideStep.upsert({ where: key, create: { ...key.alarmId_stepId, ...data }, update: data })) }
}
