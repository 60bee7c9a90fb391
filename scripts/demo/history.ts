import { dayText, firstDayOf, monthOf } from './calendar.ts'
import { bandShares, correctorFactor, monthWeight, priceOf } from './consumption.ts'
import type { CustomerPlan, MeterPlan, SupplyPlan } from './plan.ts'
import type { Dice } from './random.ts'
import { euro } from './sink.ts'
import type { DemoSink } from './sink.ts'

type Source = 'company' | 'self' | 'estimated'

/** What the meters of a supply show, and what they would show had nobody estimated. */
type Counter = { bands: [number, number, number]; ahead: number; corrector: number }

type Period = { from: number; to: number; months: number; weight: number }

const jitter = 0.13
const anomaly = { share: 0.004, factor: 2.3 }
/** Estimates stay below what is used, so that the next true reading catches up. */
const estimateFactor = 0.86

/** Share of company and of self-readings; the rest is estimated. Electricity is read from afar. */
const sources: Readonly<Record<'electricity' | 'gas' | 'water', readonly [company: number, self: number]>> = {
  electricity: [0.94, 0.01], gas: [0.5, 0.2], water: [0.58, 0.2],
}

function pickSource(dice: Dice, supply: SupplyPlan, isLast: boolean): Source {
  if (supply.commodity === 'waste' || (isLast && supply.endMonth !== null)) return 'company'
  const [company, self] = sources[supply.commodity]
  const draw = dice.unit()
  return draw < company ? 'company' : draw < company + self ? 'self' : 'estimated'
}

/** The periods that are billed, each ending with a month. */
function periodsOf(supply: SupplyPlan, phase: number, today: number): Period[] {
  const nowMonth = monthOf(today)
  const lastEnd = supply.endMonth === null ? nowMonth - ((nowMonth + phase) % supply.cycle) : supply.endMonth + 1
  const firstEnd = lastEnd - supply.historyMonths
  const periods: Period[] = []
  let from = Math.max(firstDayOf(firstEnd), supply.start)
  let month = monthOf(from)
  while (month < lastEnd) {
    const next = Math.min(lastEnd, month + supply.cycle - ((month + phase) % supply.cycle))
    let weight = 0
    for (let m = month; m < next; m++) {
      const length = firstDayOf(m + 1) - firstDayOf(m)
      weight += (monthWeight(supply, m) * Math.min(length, firstDayOf(m + 1) - from)) / length
    }
    periods.push({ from, to: firstDayOf(next) - 1, months: next - month, weight })
    from = firstDayOf(next)
    month = next
  }
  return periods
}

function addUse(counter: Counter, meter: MeterPlan, units: number): void {
  if (meter.kind === 'bands') {
    const first = Math.floor(units * bandShares.first)
    const second = Math.floor(units * bandShares.second)
    counter.bands[0] += first
    counter.bands[1] += second
    counter.bands[2] += units - first - second
  } else {
    counter.bands[0] += units
  }
  if (meter.corrector !== null) counter.corrector += Math.round(units * correctorFactor)
}

function readingLine(plan: CustomerPlan, supply: SupplyPlan, meter: MeterPlan, serial: string, day: number, source: Source, counter: Counter): string {
  const full = 10 ** meter.digits
  const [first, second, third] = counter.bands
  const bands = meter.kind === 'bands' ? `${second % full};${third % full}` : ';'
  const corrector = meter.corrector === null ? '' : String(counter.corrector % 10 ** meter.corrector.digits)
  return `${plan.brand};${supply.commodity};${serial};${dayText(day)};${source};acquired;${first % full};${bands};${corrector}\n`
}

/** How much of a bill is paid by today. */
function paidOf(dice: Dice, plan: CustomerPlan, directDebit: boolean, amount: number, due: number, today: number): number {
  const age = today - due
  if (age < 0) return !directDebit && plan.payer === 'good' && dice.chance(0.15) ? amount : 0
  switch (plan.payer) {
    case 'good': return amount
    case 'late': return age < 75 ? 0 : amount
    case 'bad': return age < 280 ? 0 : amount
    case 'partial': return age < 75 ? Math.floor(amount / 2) : amount
  }
}

/** Writes the readings and bills of a supply; bills agree with readings. */
export function writeHistory(plan: CustomerPlan, supply: SupplyPlan, index: number, dice: Dice, sink: DemoSink, today: number): void {
  const periods = periodsOf(supply, plan.row + index, today)
  const { meter } = supply
  const counter: Counter = { bands: [meter?.startValue ?? 0, (meter?.startValue ?? 0) >> 1, meter?.startValue ?? 0], ahead: 0, corrector: meter?.startValue ?? 0 }
  const swapAfter = meter?.former && periods[meter.former.afterBill] ? meter.former.afterBill : -1
  let serial = (swapAfter >= 0 ? meter?.former?.serial : meter?.serial) ?? ''
  if (meter !== null) {
    sink.readings(readingLine(plan, supply, meter, serial, (periods[0]?.from ?? supply.start) - 1, 'company', counter))
  }
  const directDebit = hasDirectDebit(plan, supply)
  periods.forEach((period, i) => {
    const source = i === swapAfter ? 'company' : pickSource(dice, supply, i === periods.length - 1)
    let units = 0
    if (meter !== null) {
      const average = (supply.annual / 12) * period.weight
      const used = average * (1 + jitter * (2 * dice.unit() - 1)) * (dice.chance(anomaly.share) ? anomaly.factor : 1)
      const real = used + counter.ahead
      units = Math.max(0, Math.round(source === 'estimated' ? average * estimateFactor : real))
      counter.ahead = source === 'estimated' ? real - units : 0
      const before = counter.corrector
      addUse(counter, meter, units)
      sink.readings(readingLine(plan, supply, meter, serial, period.to, source, counter))
      if (meter.corrector !== null) units = counter.corrector - before
      if (i === swapAfter) {
        serial = meter.serial
        counter.bands = [0, 0, 0]
        counter.corrector = 0
        sink.readings(readingLine(plan, supply, meter, serial, period.to, source, counter))
      }
    }
    writeInvoice(plan, supply, index, period, units, source === 'estimated', directDebit, dice, sink, today)
  })
}

/** Direct debit goes with those who pay, and ends with the contract. */
export function hasDirectDebit(plan: CustomerPlan, supply: SupplyPlan): boolean {
  return plan.directDebit && plan.payer === 'good' && supply.endMonth === null
}

/** Day on which a contract that is over ended. */
export function endDayOf(supply: SupplyPlan): number | null {
  return supply.endMonth === null ? null : firstDayOf(supply.endMonth + 1) - 1
}

/** Day on which the former meter was taken away, null where there was no swap. */
export function swapDayOf(plan: CustomerPlan, supply: SupplyPlan, index: number, today: number): number | null {
  const afterBill = supply.meter?.former?.afterBill
  return afterBill === undefined ? null : (periodsOf(supply, plan.row + index, today)[afterBill]?.to ?? null)
}

function writeInvoice(
  plan: CustomerPlan, supply: SupplyPlan, index: number, period: Period, units: number, estimated: boolean, directDebit: boolean,
  dice: Dice, sink: DemoSink, today: number,
): void {
  const issue = period.to + dice.between(12, 25)
  const due = issue + dice.between(22, 32)
  const early = dice.bits()
  if (issue > today) return
  const issueText = dayText(issue)
  const year = Number(issueText.slice(0, 4))
  // One bill a month at most for a supply: the month makes the number unique within the year.
  const number = String((plan.ordinal * 8 + index) * 12 + Number(issueText.slice(5, 7)) - 1).padStart(6, '0')
  const amount = priceOf(supply, units, period.months, year)
  const paid = paidOf(dice, plan, directDebit, amount, due, today)
  const consumption = supply.meter === null ? '' : String(units)
  const hasPdf = early % 50 === 0 ? 'N' : 'S'
  sink.invoices(`${plan.brand};${year}/${number};${plan.code};${supply.serviceCode};${issueText};${dayText(due)};${dayText(period.from)};${dayText(period.to)};${euro(amount)};${euro(paid)};${consumption};${estimated ? 'S' : 'N'};${hasPdf}\n`)
}
