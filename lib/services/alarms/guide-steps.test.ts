import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draft, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import type { ServiceContext } from '@/lib/services/context'
import { MAX_GUIDE_STEPS } from '@/lib/store/ports/guide-steps'
import { getAlarm } from './get-alarm'
import { type AnswerGuideStep, answerGuideStep } from './guide-answer-step'
import { listGuideSteps } from './guide-list-steps'

let temporary: TemporaryContext
let ana: ServiceContext
let ben: ServiceContext

beforeEach(() => {
  temporary = temporaryContext()
  ana = temporary.as('analyst', 'Ana')
  ben = temporary.as('analyst', 'Ben')
  temporary.stores.alarmSink.upsert([draft({ id: 'ALM-1' }), draft({ id: 'ALM-2', zone: 'other.example' })], NOON)
})

afterEach(() => temporary.dispose())

const found = (fields: Partial<AnswerGuideStep> = {}): AnswerGuideStep => ({
  alarmId: 'ALM-1',
  stepId: 'read-the-samples',
  step: 'Read the samples',
  answer: 'encoded',
  note: null,
  expectedAt: null,
  ...fields,
})

const history = async () => (await getAlarm(ana, { alarmId: 'ALM-1' })).history.filter(({ action }) => action === 'checked')

describe('a step of the guide', () => {
  it('keeps its answer with the note, who and when, for this alarm only', async () => {
    await answerGuideStep(ana, found({ note: 'base32, a counter in front' }))
    expect(await listGuideSteps(ben, { alarmId: 'ALM-1' })).toEqual({
      steps: [{ stepId: 'read-the-samples', answer: 'encoded', note: 'base32, a counter in front', byName: 'Ana', at: NOON }],
    })
    expect(await listGuideSteps(ben, { alarmId: 'ALM-2' })).toEqual({ steps: [] })
  })

  it('writes every answer into the history and leaves state and version alone', async () => {
    const before = await getAlarm(ana, { alarmId: 'ALM-1' })
    const changes = await temporary.stores.alarms.changeNumber()
    await answerGuideStep(ana, found())
    temporary.pass(1_000)
    await answerGuideStep(ben, found({ answer: null, expectedAt: NOON }))
    expect((await history()).map(({ byName, detail }) => [byName, detail])).toEqual([
      ['Ana', 'Read the samples: encoded'],
      ['Ben', 'Read the samples: answer taken back'],
    ])
    const after = await getAlarm(ana, { alarmId: 'ALM-1' })
    expect([after.alarm.status, after.alarm.version]).toEqual([before.alarm.status, before.alarm.version])
    expect(await temporary.stores.alarms.changeNumber()).toBe(changes + 2)
    expect((await listGuideSteps(ana, { alarmId: 'ALM-1' })).steps).toEqual([])
  })

  it('refuses an answer given on an outdated view and says what stands', async () => {
    await answerGuideStep(ana, found())
    await expect(answerGuideStep(ben, found({ answer: 'readable' }))).rejects.toMatchObject({
      code: 'conflict',
      message: 'Ana answered it meanwhile: encoded.',
    })
    expect(await history()).toHaveLength(1)
  })

  it('taking back what nobody answered changes nothing', async () => {
    expect(await answerGuideStep(ana, found({ answer: null }))).toEqual({ step: null })
    expect(await history()).toEqual([])
  })

  it('holds a bounded number of answers', async () => {
    for (let index = 0; index < MAX_GUIDE_STEPS; index++) await answerGuideStep(ana, found({ stepId: `step-${index}` }))
    await expect(answerGuideStep(ana, found({ stepId: 'one-more' }))).rejects.toMatchObject({ code: 'invalid' })
  })

  it('is unknown for an unknown alarm', async () => {
    await expect(answerGuideStep(ana, found({ alarmId: 'none' }))).rejects.toMatchObject({ code: 'not-found' })
  })
})
