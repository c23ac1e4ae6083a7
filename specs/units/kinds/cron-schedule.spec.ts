// Schedules of CronJobs are read, refused and reckoned as cron does.

import { expect } from 'chai'
import { isTimeZone, parseSchedule } from '../../../src/simulator/kinds/cron-schedule.ts'

const FROM = '2026-11-22T09:40:42Z'

describe('cron schedules', () => {
  const due: readonly (readonly [string, string, string?])[] = [
    ['* * * * *', '2026-11-22T09:41:00Z'],
    ['*/15 * * * *', '2026-11-22T09:45:00Z'],
    ['0 9 * * mon-fri', '2026-11-23T09:00:00Z'],
    ['30 4 1 * *', '2026-12-01T04:30:00Z'],
    ['0 0 13 * 5', '2026-11-27T00:00:00Z'],
    ['0 0 29 feb *', '2028-02-29T00:00:00Z'],
    ['@hourly', '2026-11-22T10:00:00Z'],
    ['@yearly', '2027-01-01T00:00:00Z'],
    ['@every 90s', '2026-11-22T09:42:12Z'],
    ['0 12 * * *', '2026-11-22T17:00:00Z', 'America/New_York'],
    ['30 2 * * *', '2026-11-22T21:00:00Z', 'Asia/Kolkata'],
  ]
  for (const [schedule, instant, zone] of due) {
    it(`${schedule}${zone ? ` in ${zone}` : ''} is due next at ${instant}`, () => {
      expect(parseSchedule(schedule, zone).next(Date.parse(FROM))).to.equal(Date.parse(instant))
    })
  }

  const refused: readonly (readonly [string, string])[] = [
    ['* * * * * *', 'expected exactly 5 fields, found 6: [* * * * * *]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ['@nope', 'unrecognized descriptor: @nope'],
  ]
  for (const [schedule, message] of refused) {
    it(`${schedule} is refused`, () => expect(() => parseSchedule(schedule)).to.throw(message))
  }

  it('know the time zones of the world', () => {
    expect(['Etc/UTC', 'Europe/Paris', 'Nope/X'].map(isTimeZone)).to.deep.equal([true, true, false])
  })
})
